import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { Connection } from "node-libvirt";
import { canRunHypervisor, isInstalled, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { processesNamed, startSshServer, type SshServer } from "./sshd.js";

const reason = (await canRunHypervisor()) ?? ((await isInstalled("sshd")) ? undefined : "sshd is not installed");

describe.skipIf(reason !== undefined)(`ssh${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let folder: string;
  /** One whose PATH has virt-ssh-helper, and one where only netcat is. */
  let modern: SshServer;
  let old: SshServer;
  const uri = (server: SshServer, host = "hypervisor", more = ""): string =>
    `qemu+ssh://${host}/system?command=${server.client}${more}`;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "labscape-ssh-"));
    hypervisor = await startHypervisor({ network: "machine" });
    modern = await startSshServer(hypervisor, path.join(folder, "modern"), "/usr/bin:/bin");
    const bin = path.join(folder, "bin");
    await mkdir(bin);
    await copyFile(path.join(import.meta.dirname, "netcat.mjs"), path.join(bin, "nc"));
    for (const program of ["sh", "grep", "env"]) await symlink(`/usr/bin/${program}`, path.join(bin, program));
    await symlink(process.execPath, path.join(bin, "node"));
    old = await startSshServer(hypervisor, path.join(folder, "old"), bin);
  });
  afterAll(async () => {
    await hypervisor.stop();
    await rm(folder, { recursive: true });
  });

  it("reaches the daemon through virt-ssh-helper, and leaves nothing running there", async () => {
    const connection = await Connection.open(uri(modern));
    expect(await connection.getType()).toBe("QEMU");
    expect(await connection.getUri()).toBe("qemu:///system");
    await connection.close();
    await vi.waitUntil(async () => (await processesNamed(hypervisor, "virt-ssh-helper")).length === 0);
  });

  it("reaches it through netcat where there is no helper", async () => {
    const connection = await Connection.open(uri(old));
    expect(await connection.getType()).toBe("QEMU");
    await connection.close();
    await expect(Connection.open(uri(old, "hypervisor", "&proxy=native"))).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("virt-ssh-helper") as string,
    });
    await expect(Connection.open(uri(modern, "hypervisor", "&netcat=no-such-netcat&proxy=netcat"))).rejects.toThrow(
      /ssh to hypervisor ended/,
    );
  });

  it("reaches it through a jump host", async () => {
    const connection = await Connection.open(uri(modern, "inner"));
    expect(await connection.getType()).toBe("QEMU");
    await connection.close();
  });

  it("opens for reading only", async () => {
    for (const server of [modern, old]) {
      const connection = await Connection.open(uri(server), { readonly: true });
      expect(await connection.listAllDomains()).toEqual([]);
      await expect(connection.networkCreateXml("<network><name>n</name></network>")).rejects.toThrow(/read only/);
      await connection.close();
    }
  });

  it("refuses a server whose key it does not know", async () => {
    await expect(Connection.open(`qemu+ssh://hypervisor/system?command=${modern.stranger}`)).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("Host key verification failed") as string,
    });
  });

  it("tells when the connection breaks", async () => {
    const connection = await Connection.open(uri(modern));
    const call = hypervisor.signalDaemon("SIGSTOP").then(() => connection.listAllDomains());
    const broken = expect(call).rejects.toMatchObject({ name: "ConnectionError", code: "closed" });
    const helpers = await processesNamed(hypervisor, "virt-ssh-helper");
    await hypervisor.exec(["kill", "-KILL", ...helpers]);
    await broken;
    expect(await connection.closed).toBeInstanceOf(Error);
    await hypervisor.signalDaemon("SIGCONT");
  });
});
