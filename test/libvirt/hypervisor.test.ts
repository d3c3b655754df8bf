import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { canRunHypervisor, type Hypervisor, startHypervisor } from "./hypervisor.js";
import { inventory } from "./leftovers.js";

const obstacle = await canRunHypervisor();

describe.skipIf(obstacle)(`throw-away hypervisor${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
  });

  afterAll(async () => {
    await hypervisor.stop();
  });

  it("answers, and holds nothing at first", async () => {
    expect(await inventory(hypervisor)).toMatchObject({
      domains: [],
      networks: [],
      pools: [],
      volumes: [],
      processes: [],
      interfaces: ["lo"],
    });
  });

  it("lists a network with its bridge and dnsmasq, and nothing of it after its end", async () => {
    const before = await inventory(hypervisor);
    const definition = `${hypervisor.directory}/network.xml`;
    const xml =
      "<network><name>n1</name><bridge name='br-n1'/><ip address='172.31.9.1' prefix='24'>" +
      "<dhcp><range start='172.31.9.10' end='172.31.9.20'/></dhcp></ip></network>";
    await writeFile(definition, xml);
    await hypervisor.exec(["virsh", "net-create", definition]);
    await rm(definition);
    const during = await inventory(hypervisor);
    expect(during.networks).toEqual(["n1"]);
    expect(during.interfaces).toContain("br-n1");
    expect(during.processes).toContain("dnsmasq");

    await hypervisor.exec(["virsh", "net-destroy", "n1"]);
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("is apart from the machine: neither sees the other's interfaces", async () => {
    await hypervisor.exec(["ip", "link", "add", "only-inside", "type", "bridge"]);
    expect(existsSync("/sys/class/net/only-inside")).toBe(false);
    await hypervisor.exec(["ip", "link", "delete", "only-inside"]);
  });

  it("reports a command that fails with what it said", async () => {
    await expect(hypervisor.exec(["virsh", "domstate", "absent"])).rejects.toThrow(/failed to get domain 'absent'/);
  });

  it("loses and regains its daemon", async () => {
    await hypervisor.signalDaemon("SIGKILL");
    await expect(hypervisor.exec(["virsh", "uri"])).rejects.toThrow();
    await hypervisor.startDaemon();
    await expect(hypervisor.exec(["virsh", "uri"])).resolves.toMatchObject({ stdout: "qemu:///system\n\n" });
  });

  it("leaves nothing after stop", async () => {
    const other = await startHypervisor();
    await other.exec(["ip", "link", "add", "left-over", "type", "bridge"]);
    await other.stop();
    expect(existsSync(other.directory)).toBe(false);
    expect(existsSync(`/proc/${other.pid}`)).toBe(false);
    await other.stop();
  });

  it("goes with the process that started it, even when that is killed", async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { startHypervisor } from "./hypervisor.js";
          const { directory, pid } = await startHypervisor();
          console.log(directory + "\\n" + pid);`,
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      define: { "import.meta.dirname": JSON.stringify(import.meta.dirname) },
    });
    const owner = spawn(process.execPath, ["--input-type=module", "--eval", outputFiles[0]?.text ?? ""], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [directory = "", pid = ""] = await firstLines(owner.stdout, 2);
    expect(existsSync(`/proc/${pid}/ns`)).toBe(true);

    const gone = disappearance(directory);
    owner.kill("SIGKILL");
    await gone;
    await vi.waitUntil(() => !existsSync(`/proc/${pid}/ns`), { timeout: 30_000 });
  });
});

/** Resolves when the directory was removed. */
async function disappearance(directory: string): Promise<void> {
  const watcher = watch(dirname(directory));
  while (existsSync(directory)) await once(watcher, "change");
  watcher.close();
}

async function firstLines(input: Readable, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input })) if (lines.push(line) === count) break;
  return lines;
}
