import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Connection } from "node-libvirt";
import { canRunHypervisor, isInstalled, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { makeCertificates, type Certificates } from "./certificates.js";
import { freePort } from "./loopback.js";

const reason =
  (await canRunHypervisor()) ?? ((await isInstalled("saslpasswd2")) ? undefined : "saslpasswd2 is not installed");

describe.skipIf(reason !== undefined)(`SASL${reason === undefined ? "" : ` (${reason})`}`, () => {
  let folder: string;
  let certificates: Certificates;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "labscape-sasl-"));
    certificates = await makeCertificates(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  describe.each([["scram-sha-256"], ["scram-sha-512"], ["scram-sha-1"], ["plain"]])("%s", (mechanism) => {
    let hypervisor: Hypervisor;
    let tlsPort: number;
    let tcpPort: number;
    const tls = (): string => `qemu+tls://localhost:${tlsPort}/system?pkipath=${certificates.client}`;
    const ada = { username: "ada", password: "pencil, with = comma" };

    beforeAll(async () => {
      tlsPort = await freePort();
      tcpPort = await freePort();
      hypervisor = await startHypervisor({
        network: "machine",
        daemonArguments: ["--listen"],
        environment: { SASL_CONF_PATH: path.join(folder, mechanism) },
        daemonConfiguration: [
          `listen_addr = "127.0.0.1"`,
          `listen_tcp = 1`,
          `tcp_port = "${tcpPort}"`,
          `auth_tcp = "sasl"`,
          `listen_tls = 1`,
          `tls_port = "${tlsPort}"`,
          `auth_tls = "sasl"`,
          `key_file = "${certificates.server}/serverkey.pem"`,
          `cert_file = "${certificates.server}/servercert.pem"`,
          `ca_file = "${certificates.server}/cacert.pem"`,
        ],
        prepare: async () => {
          await mkdir(path.join(folder, mechanism));
          await writeFile(
            path.join(folder, mechanism, "libvirt.conf"),
            `mech_list: ${mechanism}\nsasldb_path: /etc/libvirt/passwd.db\npwcheck_method: auxprop\nauxprop_plugin: sasldb\n`,
          );
        },
      });
      await setPassword(hypervisor, ada.username, ada.password);
    });
    afterAll(() => hypervisor.stop());

    it("lets the user with the password in", async () => {
      const connection = await Connection.open(tls(), { credentials: ada });
      expect(await connection.getType()).toBe("QEMU");
      await connection.close();
    });

    it("asks for the password only when the daemon does", async () => {
      let asked = 0;
      const credentials = ({ username }: { username?: string }): Promise<typeof ada> => {
        asked += 1;
        return Promise.resolve({ ...ada, username: username ?? "" });
      };
      const local = await Connection.open(hypervisor.uri, { credentials });
      expect(asked).toBe(0);
      await local.close();
      const remote = await Connection.open(tls().replace("localhost", "ada@localhost"), { credentials });
      expect(asked).toBe(1);
      await remote.close();
    });

    it("refuses a wrong password, an unknown user, and no password at all", async () => {
      for (const credentials of [{ ...ada, password: "pen" }, { ...ada, username: "bob" }, undefined])
        await expect(Connection.open(tls(), { credentials })).rejects.toMatchObject({
          name: "ConnectionError",
          code: "authentication",
        });
    });

    it("never sends a password in clear text", async () => {
      const uri = `qemu+tcp://127.0.0.1:${tcpPort}/system`;
      await expect(Connection.open(uri, { credentials: ada })).rejects.toMatchObject({ code: "authentication" });
    });
  });
});

async function setPassword(hypervisor: Hypervisor, username: string, password: string): Promise<void> {
  const child = spawn(
    "nsenter",
    ["--target", String(hypervisor.pid), "--mount", "--uts", "--", "saslpasswd2", "-p", "-a", "libvirt"].concat([
      "-f",
      "/etc/libvirt/passwd.db",
      username,
    ]),
    { stdio: ["pipe", "ignore", "inherit"] },
  );
  child.stdin.end(password);
  const [status] = (await once(child, "exit")) as [number | null];
  if (status !== 0) throw new Error(`saslpasswd2 ended with ${status ?? "a signal"}`);
}
