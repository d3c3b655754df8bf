import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  installHooks,
  openHost,
  planLink,
  watchLabs,
  type Host,
  type LabServices,
  type PortRates,
} from "@labscape/lab";
import { run } from "../../../packages/cli/test/run.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { Shell, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const quiet = { onEvent: () => undefined };

interface Frame {
  readonly destination: string;
  /** Hex; 0: a length, as 802.3 has it. */
  readonly type: string;
  /** From the destination to the end of the payload. */
  readonly length?: number;
}

const FRAMES: Readonly<Record<string, Frame>> = {
  STP: { destination: "01:80:c2:00:00:00", type: "0" },
  pause: { destination: "01:80:c2:00:00:01", type: "8808" },
  LACP: { destination: "01:80:c2:00:00:02", type: "8809" },
  "802.1X": { destination: "01:80:c2:00:00:03", type: "888e" },
  LLDP: { destination: "01:80:c2:00:00:0e", type: "88cc" },
  broadcast: { destination: "ff:ff:ff:ff:ff:ff", type: "88b5" },
  VLAN: { destination: "02:00:00:00:00:64", type: "8100" },
  "MTU 9000": { destination: "02:00:00:00:90:00", type: "88b6", length: 9014 },
};

/** A port of both nodes for each kind of link, and the frames that must pass; the others must not. */
const LINKS = [
  { kind: "udp", port: "eth1", passes: Object.keys(FRAMES) },
  { kind: "wire", port: "eth5", passes: Object.keys(FRAMES) },
  // What the hook's mask lets through beside STP, which passes while the bridge does not speak it itself.
  { kind: "bridge", port: "eth2", passes: ["STP", "802.1X", "LLDP", "broadcast", "VLAN", "MTU 9000"] },
  { kind: "shared bridge", port: "eth3", passes: ["STP", "802.1X", "LLDP", "broadcast", "VLAN", "MTU 9000"] },
  // Without the mask: a bridge that is not Labscape's.
  { kind: "host bridge", port: "eth4", passes: ["STP", "broadcast", "VLAN", "MTU 9000"] },
] as const;

const text = `name = "matrix"
management = { mode = "none" }
nodes = [
  { name = "a", model = "tiny_linux", data_interface_count = 5 },
  { name = "b", model = "tiny_linux", data_interface_count = 5 },
]
links = [
  { src = "a::eth1", dst = "b::eth1", mtu = 9000 },
  { src = "a::eth2", dst = "b::eth2", mtu = 9000, type = "bridge" },
  { src = "a::eth5", dst = "b::eth5", mtu = 9000, type = "wire" },
]
bridges = [
  { name = "shared", links = ["a::eth3", "b::eth3"], mtu = 9000 },
  { name = "outside", external = "br-outside", links = ["a::eth4", "b::eth4"], mtu = 9000 },
]`;

describe.skipIf(obstacle)(`links${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  let a: Shell;
  let b: Shell;

  beforeAll(async () => {
    hypervisor = await startHypervisor({
      prepare: async (directory) => {
        await installHooks({ folder: path.join(directory, "etc/hooks"), run: path.join(directory, "run") });
      },
    });
    await hypervisor.exec(["ip", "link", "add", "br-outside", "mtu", "9000", "type", "bridge"]);
    await hypervisor.exec(["ip", "link", "set", "br-outside", "up"]);
    host = await openHost({ uri: hypervisor.uri });
    before = await inventory(hypervisor);
    services = await testServices();
    const { outcome } = await up(text, host, services);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    [a, b] = [await Shell.of(host, "matrix.a"), await Shell.of(host, "matrix.b")];
  });
  afterAll(async () => {
    a.close();
    b.close();
    await host.close();
    await hypervisor.stop();
  });

  it("let through what they should: type x frame", async () => {
    const rows: string[][] = [];
    const wrong: string[] = [];
    for (const { port } of LINKS) {
      // It says "ready" before it can miss a frame, and what it got when its time is over.
      await b.run(`l2frame receive ${port} 15 > /tmp/${port} & until grep -q ready /tmp/${port}; do :; done`);
    }
    for (const { port } of LINKS) {
      const sends = Object.values(FRAMES).map(
        ({ destination, type, length = 64 }) => `l2frame send ${port} ${destination} ${type} 3 ${length}`,
      );
      const { output } = await a.run(sends.join("; "));
      expect(output).toBe("sent 3\n".repeat(sends.length));
    }
    await b.run("wait");
    for (const { kind, port, passes } of LINKS) {
      const { output } = await b.run(`cat /tmp/${port}`);
      const row = Object.entries(FRAMES).map(([name, { destination, length = 64 }]) => {
        const [, count = "0", longest = "0"] =
          new RegExp(`^${destination} \\w+ (\\d+) (\\d+)\\r?$`, "m").exec(output) ?? [];
        const passed = count === "3" && Number(longest) >= length;
        if (passed !== (passes as readonly string[]).includes(name)) wrong.push(`${kind}: ${name}`);
        return passed ? "passes" : "-";
      });
      rows.push([kind, ...row]);
    }
    printTable(["", ...Object.keys(FRAMES)], rows);
    expect(wrong).toEqual([]);
  });

  it("are seen down by both ends when pulled at one, and up again", async () => {
    const carriers = async (port: string): Promise<string> => {
      const ends = [
        await a.run(`cat /sys/class/net/${port}/carrier`),
        await b.run(`cat /sys/class/net/${port}/carrier`),
      ];
      return ends.map(({ output }) => output.trim()).join("");
    };
    for (const port of ["eth1", "eth2", "eth5"]) {
      for (const [end, state, expected] of [
        ["a", "down", "00"],
        ["b", "up", "11"],
      ] as const) {
        const plan = await planLink(host, { lab: "matrix", endpoint: `${end}::${port}`, state });
        expect(await applyPlan(plan, host, quiet)).toMatchObject({ outcome: "done", problems: [] });
        expect(await carriers(port)).toBe(expected);
      }
    }
  });

  it("are measured but for udp, which has nothing on the host that counts", async () => {
    const watch = await watchLabs(host, () => undefined);
    const meter = watch.meter();
    const labs = [{ name: "matrix", owner: host.owner }];
    expect(await meter.read(labs)).toEqual([]);
    await a.run(LINKS.map(({ port }) => `l2frame send ${port} ff:ff:ff:ff:ff:ff 88b5 8 1400`).join("; "));
    const [measured] = await meter.read(labs);
    await watch.close();
    const links = measured?.links ?? new Map<string, PortRates>();
    expect([...links.keys()].sort()).toEqual(["a::eth2", "a::eth3", "a::eth4", "a::eth5", "b::eth3", "b::eth4"]);
    for (const [end, { rx, tx }] of links) {
      // Both may say something of their own meanwhile, but not as much.
      const [more, less] = end.startsWith("a") ? [tx, rx] : [rx, tx];
      expect(more.bytes, end).toBeGreaterThan(2 * less.bytes);
      expect(more.bytes / more.packets, end).toBeGreaterThan(300);
    }
  });

  it("are told with their rates on the command line", async () => {
    await a.run(
      "while :; do l2frame send eth2 ff:ff:ff:ff:ff:ff 88b5 8 1400; done > /tmp/flood 2>&1 & echo $! > /tmp/flood.pid",
    );
    const status = ["status", "--lab", "matrix", "--rates", "--connect", hypervisor.uri];
    const { stdout } = await run([...status, "--json"]);
    const text = await run(status);
    await a.run("kill $(cat /tmp/flood.pid)");
    const { labs } = JSON.parse(stdout) as { labs: { links: { src: string; rates?: PortRates }[] }[] };
    const of = (end: string) => labs[0]?.links.find(({ src }) => src === end);
    expect(of("a::eth1")).toEqual({ src: "a::eth1", dst: "b::eth1", type: "udp", state: "up" });
    const { rx, tx } = of("a::eth2")?.rates ?? {};
    expect(tx?.bytes).toBeGreaterThan(10 * (rx?.bytes ?? Infinity));
    expect(text.stdout).toMatch(/^a::eth2 +b::eth2 +bridge +up +[\d.]+ [kM]bit\/s, \d+ packets\/s +/m);
    expect(text.stdout).toMatch(/^a::eth1 +b::eth1 +udp +up +- +-$/m);
    expect(text.stdout).toContain("Links of type udp are not counted");
  });

  it("of type wire stay joined when libvirt starts anew, and are joined again when one of their nodes does", async () => {
    const taps = async (): Promise<readonly string[]> => {
      const { stdout } = await hypervisor.exec(["ls", "/sys/class/net"]);
      return stdout.split("\n").filter((name) => name.startsWith("lw"));
    };
    const targets = async (): Promise<readonly string[]> =>
      Promise.all(
        (await taps()).map(async (tap) => {
          const { stdout } = await hypervisor.exec(["tc", "filter", "show", "dev", tap, "ingress"]);
          return `${tap} ${/to device (\w+)/.exec(stdout)?.[1] ?? "nowhere"}`;
        }),
      );
    const [near = "", far = ""] = await taps();
    const joined = [`${near} ${far}`, `${far} ${near}`];
    expect(await targets()).toEqual(joined);
    // The host has no address there, so it says nothing on the wire.
    expect((await hypervisor.exec(["ip", "-o", "address", "show", "dev", near])).stdout).toBe("");

    await host.close();
    await hypervisor.signalDaemon("SIGKILL");
    expect(await targets()).toEqual(joined);
    // As if the hook had come after the nodes: libvirt runs it for those that it finds running, some time after it answers.
    for (const tap of [near, far]) await hypervisor.exec(["tc", "qdisc", "del", "dev", tap, "clsact"]);
    expect(await targets()).toEqual([`${near} nowhere`, `${far} nowhere`]);
    await hypervisor.startDaemon();
    host = await openHost({ uri: hypervisor.uri });
    await expect.poll(targets, { timeout: 60_000 }).toEqual(joined);
    const node = await host.connection.domainLookupByName("matrix.b");
    await node.destroy();
    expect(await taps()).toHaveLength(1);
    const start = async () => (await up(text, host, services, { wait: "started" })).outcome;
    const stranger = path.join(hypervisor.directory, "etc/hooks/qemu.d/stranger");
    await writeFile(stranger, "#!/bin/sh\necho 'not on a Saturday' >&2\nexit 3\n", { mode: 0o755 });
    const { problems } = await start();
    expect(problems).toMatchObject([
      { code: "hook-failed", message: expect.stringContaining("not on a Saturday") as unknown },
    ]);
    expect(problems[0]?.message).not.toContain("PATH=");
    await rm(stranger);
    expect(await start()).toMatchObject({ outcome: "done", problems: [] });
    expect(await targets()).toEqual(joined);
  });

  it("leave nothing, and the host's bridge as it was", async () => {
    expect(await destroyLab({ lab: "matrix" }, host, quiet)).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });
});

function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  console.log([line(header), ...rows.map(line)].join("\n"));
}
