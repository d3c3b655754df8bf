import path from "node:path";
import { Affect, DomainXmlFlag } from "node-libvirt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  installHooks,
  openHost,
  planPower,
  removeHooks,
  type HookPlace,
  type Host,
  type LabServices,
} from "@labscape/lab";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import type { Task } from "./child.js";
import { buildProgram, type Program } from "./run-child.js";
import { livesOf, Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const quiet = { onEvent: () => undefined };

/** Nodes a, b and c, each with eth1 on 10.0.0.0/24 (.1, .2, .3), and wires between the ends "a::eth1 b::eth1". */
function manifest(...wires: readonly `${string} ${string}`[]): string {
  const node = (name: string, last: number): string =>
    `{ name = "${name}", model = "tiny_linux", data_interface_count = 2, interfaces = { eth1 = { ipv4 = "10.0.0.${last}/24" } } }`;
  const links = wires.map((ends) => {
    const [src = "", dst = ""] = ends.split(" ");
    return `{ src = "${src}", dst = "${dst}", type = "wire" }`;
  });
  return `name = "quarry"
management = { mode = "none" }
nodes = [${node("a", 1)}, ${node("b", 2)}, ${node("c", 3)}]
links = [${links.join(", ")}]`;
}
/** Every node has a wire, so that all its ports are taps. */
const first = manifest("a::eth1 b::eth1", "b::eth2 c::eth2");
const moved = manifest("a::eth1 c::eth1", "b::eth2 c::eth2");

const hooksOf = (directory: string): HookPlace => ({
  folder: path.join(directory, "etc/hooks"),
  run: path.join(directory, "run"),
});

describe.skipIf(obstacle)(`cables of type wire${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  let program: Program;
  const shells = new Map<string, Shell>();

  beforeAll(async () => {
    hypervisor = await startHypervisor({
      prepare: async (directory) => {
        await installHooks(hooksOf(directory));
      },
    });
    host = await openHost({ uri: hypervisor.uri });
    services = await testServices();
    program = await buildProgram();
    before = await inventory(hypervisor);
    expect((await up(first, host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    await openShells();
  });
  afterAll(async () => {
    for (const shell of shells.values()) shell.close();
    await host.close();
    await program.remove();
    await hypervisor.stop();
  });

  async function openShells(): Promise<void> {
    for (const node of ["a", "b", "c"]) shells.set(node, await Shell.of(host, `quarry.${node}`));
  }

  async function run(node: string, command: string): Promise<{ readonly output: string; readonly status: number }> {
    const shell = shells.get(node);
    if (shell === undefined) throw new Error(`no shell on ${node}`);
    return shell.run(command);
  }

  /** Last numbers of the addresses that answer a node. */
  async function reached(node: string): Promise<readonly number[]> {
    const found: number[] = [];
    for (const last of [1, 2, 3]) {
      if ((await run(node, `ping -c 1 -W 2 10.0.0.${last}`)).status === 0) found.push(last);
    }
    return found;
  }

  /** How often the guests have seen eth1 go up and down, and how it is now. */
  async function carriers(): Promise<Readonly<Record<string, readonly number[]>>> {
    const found: [string, readonly number[]][] = [];
    for (const node of shells.keys()) {
      const { output } = await run(node, "cat /sys/class/net/eth1/carrier_changes /sys/class/net/eth1/carrier");
      found.push([node, output.trim().split("\n").map(Number)]);
    }
    return Object.fromEntries(found);
  }

  /** What is joined on the host, as the ends that the metadata of running domains give to taps: "a::eth1 > b::eth1". */
  async function joined(): Promise<readonly string[]> {
    const ends = new Map<string, string>();
    const found: string[] = [];
    for (const node of ["a", "b", "c"]) {
      const xml = await (await host.connection.domainLookupByName(`quarry.${node}`)).getXmlDesc();
      const taps = [...xml.matchAll(/<target dev='(lw\w+)'/g)].flatMap(([, tap]) => tap ?? []);
      taps.forEach((tap, index) => ends.set(tap, `${node}::eth${index + 1}`));
    }
    for (const [tap, end] of ends) {
      const { stdout } = await hypervisor.exec(["tc", "filter", "show", "dev", tap, "ingress"]);
      const [, to] = /to device (\w+)/.exec(stdout) ?? [];
      if (to !== undefined) found.push(`${end} > ${ends.get(to) ?? to}`);
    }
    return found.sort();
  }
  const both = (...wires: readonly string[]): readonly string[] =>
    wires.flatMap((ends) => [ends.replace(" ", " > "), ends.split(" ").reverse().join(" > ")]).sort();
  const lives = (): ReturnType<typeof livesOf> => livesOf(hypervisor, host, "quarry", ["a", "b", "c"]);

  it("are plugged over while their nodes run: frames take the new way, and guests see the plug come and go", async () => {
    expect(await reached("a")).toEqual([1, 2]);
    const [sameLives, carriersBefore] = [await lives(), await carriers()];
    const { plan, outcome } = await up(moved, host, services);
    expect(plan.steps.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      "link/wires/update: a::eth1 -- b::eth1 unplugged, a::eth1 -- c::eth1 plugged in",
      "domain/a/update: cable at eth1 changed",
      "domain/b/update: no cable at eth1",
      "domain/c/update: cable at eth1 changed",
    ]);
    expect(plan.consents).toEqual([]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await joined()).toEqual(both("a::eth1 c::eth1", "b::eth2 c::eth2"));
    expect(await reached("a")).toEqual([1, 3]);
    const changes = Object.entries(await carriers()).map(([node, [count = 0, carrier]]) => [
      node,
      count - (carriersBefore[node]?.[0] ?? 0),
      carrier,
    ]);
    expect(changes).toEqual([
      ["a", 2, 1],
      ["b", 1, 0],
      ["c", 1, 1],
    ]);
    expect(await lives()).toEqual(sameLives);
    expect(await stepsOf(moved, host, services)).toEqual([]);
  });

  it("stay where they were plugged when libvirt starts anew, and are there for the next start of a node", async () => {
    const a = await host.connection.domainLookupByName("quarry.a");
    const [live, kept] = [await a.getXmlDesc(), await a.getXmlDesc(DomainXmlFlag.INACTIVE)];
    expect([live, kept].map((xml) => /peer="(c::eth1)"/.exec(xml)?.[1])).toEqual(["c::eth1", "c::eth1"]);
    const [, tap = ""] = /<target dev='(lw\w+)'/.exec(live) ?? [];
    await host.close();
    await hypervisor.signalDaemon("SIGKILL");
    // As if the hooks had come later: libvirt runs them for the domains that it finds, some time after it answers.
    await hypervisor.exec(["tc", "filter", "del", "dev", tap, "ingress"]);
    await hypervisor.startDaemon();
    host = await openHost({ uri: hypervisor.uri });
    await expect.poll(joined, { timeout: 60_000 }).toEqual(both("a::eth1 c::eth1", "b::eth2 c::eth2"));
    await openShells();
  });

  it.each([1, 2, 3])("are where the next run wants them when one is killed in its step %i", async (killInStep) => {
    const task: Task = {
      uri: hypervisor.uri,
      purpose: "up",
      lab: "quarry",
      manifest: first,
      image: { ...(await guestImage("tiny_linux")), cmdline: guestCommandLine },
      wait: "started",
      killInStep,
    };
    const sameLives = await lives();
    expect(await program.run(task)).toBeUndefined();
    expect((await up(moved, host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await joined()).toEqual(both("a::eth1 c::eth1", "b::eth2 c::eth2"));
    expect(await carriers()).toMatchObject({ a: [expect.anything(), 1], b: [expect.anything(), 0] });
    expect(await program.run(task)).toBeUndefined();
    expect((await up(first, host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await joined()).toEqual(both("a::eth1 b::eth1", "b::eth2 c::eth2"));
    expect(await stepsOf(first, host, services)).toEqual([]);
    expect((await up(moved, host, services)).outcome.outcome).toBe("done");
    expect(await lives()).toEqual(sameLives);
  });

  it("can all be removed, and one be plugged in again", async () => {
    const sameLives = await lives();
    expect((await up(manifest(), host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await joined()).toEqual([]);
    expect(await carriers()).toMatchObject({ a: [expect.anything(), 0], c: [expect.anything(), 0] });
    expect((await up(manifest("a::eth1 b::eth1"), host, services)).outcome.outcome).toBe("done");
    expect(await reached("b")).toEqual([1, 2]);
    expect(await lives()).toEqual(sameLives);
  });

  it("have an MTU that libvirt does not change while their nodes run, so that a plan announces a restart", async () => {
    const node = await host.connection.domainLookupByName("quarry.a");
    const [nic = ""] = /<interface type='ethernet'>[^]*?<\/interface>/.exec(await node.getXmlDesc()) ?? [];
    const larger = nic.replace("</interface>", "<mtu size='9000'/></interface>");
    await expect(node.updateDevice(larger, Affect.LIVE)).rejects.toThrow("cannot modify MTU");
  });

  it("leave alone the devices of others, also those that are called like a tap of ours", async () => {
    // A tap that no domain has, one of a domain without our metadata, and what is no tap of our form at all.
    const foreign = ["lw00000000001", "lw00000000002", "eth9"];
    const name = "stranger";
    await hypervisor.exec(["ip", "link", "add", "eth9", "type", "veth", "peer", "name", "eth8"]);
    await hypervisor.exec(["ip", "tuntap", "add", "lw00000000001", "mode", "tap"]);
    const link = `<link type="wire" local="lw00000000002" remote="lw00000000001"/>`;
    const domain = await host.connection.domainCreateXml(
      `<domain type="qemu"><name>${name}</name><memory unit="MiB">64</memory><metadata><x:resource xmlns:x="urn:other">${link}</x:resource></metadata>
<os><type arch="x86_64" machine="q35">hvm</type></os><devices><interface type="ethernet"><target dev="lw00000000002"/></interface></devices></domain>`,
    );
    const filters = async (): Promise<readonly string[]> =>
      Promise.all(
        foreign.map(async (tap) => (await hypervisor.exec(["tc", "filter", "show", "dev", tap, "ingress"])).stdout),
      );
    for (const tap of foreign) {
      await hypervisor.exec(["tc", "qdisc", "add", "dev", tap, "clsact"]);
      const u32 = ["protocol", "all", "u32", "match", "u32", "0", "0", "action", "mirred", "egress", "redirect", "dev"];
      await hypervisor.exec(["tc", "filter", "add", "dev", tap, "ingress", ...u32, "eth8"]);
    }
    const theirs = await filters();
    const tags = foreign.map((tap) => `<l:tap name="${tap}"/>`).join("");
    const request = `<network><name>asked</name><metadata><l:wires xmlns:l="urn:labscape:wires">${tags}</l:wires></metadata><forward mode="hostdev" managed="yes"><pf dev="lo"/></forward></network>`;
    await expect(host.connection.networkCreateXml(request)).rejects.toThrow(
      /labscape-wires: wire=installed .* failed=$/m,
    );
    expect(await filters()).toEqual(theirs);
    expect(theirs.every((filter) => filter.includes("to device eth8"))).toBe(true);
    expect(await host.connection.listAllNetworks()).toEqual([]);
    await domain.destroy();
    await hypervisor.exec(["ip", "link", "del", "eth9"]);
    await hypervisor.exec(["ip", "link", "del", "lw00000000001"]);
  });

  it("leave nothing", async () => {
    expect(await destroyLab({ lab: "quarry" }, host, quiet)).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("are back after a power cut where they were plugged last", async () => {
    const ends = ["a::eth2 c::eth1", "b::eth2 c::eth2"] as const;
    await up(first, host, services, { wait: "started" });
    expect((await up(manifest(...ends), host, services, { wait: "started" })).outcome.outcome).toBe("done");
    await host.close();
    await hypervisor.reboot();
    host = await openHost({ uri: hypervisor.uri });
    const start = await applyPlan(await planPower(host, { lab: "quarry", action: "start" }), host, quiet);
    expect(start).toMatchObject({ outcome: "done", problems: [] });
    expect(await joined()).toEqual(both(...ends));
    expect(await stepsOf(manifest(...ends), host, services)).toEqual([]);
    expect(await destroyLab({ lab: "quarry" }, host, quiet)).toMatchObject({ outcome: "done", problems: [] });
  });

  it("are refused where the hooks do not answer, rather than joined with nothing", async () => {
    await removeHooks(hooksOf(hypervisor.directory));
    await expect(up(first, host, services)).rejects.toMatchObject({
      code: "wire-needs-init",
      message: expect.stringContaining("do not answer") as unknown,
    });
  });
});
