import { beforeAll, describe, expect, it } from "vitest";
import { destroyLab, type Host, type LabServices } from "@labscape/lab";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { livesOf, Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();

/** Three nodes a, b, c with eth1 on 10.0.0.0/24: .1, .2, .3; a and b have further cables. */
function manifest(
  bridges: string,
  changes: { readonly a?: string; readonly links?: string; readonly more?: string } = {},
): string {
  const links = `{ src = "a::eth2", dst = "b::eth2" }, { src = "a::eth3", dst = "b::eth3", type = "bridge" }`;
  return `name = "quarry"
${changes.more ?? ""}
nodes = [
  { name = "a", model = "tiny_linux", data_interface_count = 4, interfaces = { eth1 = { ipv4 = "10.0.0.1/24" } }${changes.a ?? ""} },
  { name = "b", model = "tiny_linux", data_interface_count = 4, interfaces = { eth1 = { ipv4 = "10.0.0.2/24" } } },
  { name = "c", model = "tiny_linux", interfaces = { eth1 = { ipv4 = "10.0.0.3/24" } } },
]
bridges = [${bridges}]
links = [${changes.links ?? links}]`;
}
const together = `{ name = "x", links = ["a::eth1", "b::eth1", "c::eth1"] }`;
const apart = `{ name = "x", links = ["a::eth1", "b::eth1"] }, { name = "y", links = ["c::eth1"] }`;

describe.skipIf(obstacle)(`changes of a lab that runs${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  useHost((started) => ({ hypervisor, host } = started));
  beforeAll(async () => {
    services = await testServices("disk");
    before = await inventory(hypervisor);
  });

  async function reached(from: string): Promise<readonly string[]> {
    const shell = await Shell.of(host, `quarry.${from}`);
    const found: string[] = [];
    for (const last of ["1", "2", "3"]) {
      if ((await shell.run(`ping -c 2 -W 2 10.0.0.${last}`)).status === 0) found.push(last);
    }
    shell.close();
    return found;
  }

  const lives = (): ReturnType<typeof livesOf> => livesOf(hypervisor, host, "quarry", ["a", "b", "c"]);

  it("starts as a bridge of three nodes", async () => {
    expect((await up(manifest(together), host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await reached("a")).toEqual(["1", "2", "3"]);
    expect(await stepsOf(manifest(together), host, services)).toEqual([]);
  });

  it("moves a cable from bridge to bridge while the nodes run", async () => {
    const before = await lives();
    const { plan, outcome } = await up(manifest(apart), host, services);
    expect(plan.consents).toEqual([]);
    expect(plan.steps.map((step) => step.id)).toEqual(["network/y/create", "domain/c/update"]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await reached("a")).toEqual(["1", "2"]);
    await up(manifest(together), host, services);
    expect(await reached("a")).toEqual(["1", "2", "3"]);
    expect(await lives()).toEqual(before);
    expect(await stepsOf(manifest(together), host, services)).toEqual([]);
  });

  it("describes the nodes anew while they run, and no more", async () => {
    const before = await lives();
    const descriptions = async (): Promise<readonly string[]> =>
      Promise.all(
        ["a", "b", "c"].map(async (node) => {
          const { stdout } = await hypervisor.exec(["virsh", "desc", "--live", `quarry.${node}`]);
          return stdout.trim();
        }),
      );
    for (const [line, shown] of [
      [`description = "Three & more"`, "Three & more"],
      ["", expect.stringContaining("No description")],
    ] as const) {
      const { plan, outcome } = await up(manifest(together, { more: line }), host, services);
      expect(plan.steps.map(({ id, reason }) => `${id}: ${reason}`)).toEqual(
        ["a", "b", "c"].map((node) => `domain/${node}/update: description changed`),
      );
      expect({ consents: plan.consents, outcome: outcome.outcome }).toEqual({ consents: [], outcome: "done" });
      expect(await descriptions()).toEqual([shown, shown, shown]);
      expect(await lives()).toEqual(before);
    }
  });

  it("lets a disk grow with a restart of its node", async () => {
    const before = await lives();
    const larger = manifest(together, { a: ", boot_disk_size = 1" });
    const { plan, outcome } = await up(larger, host, services);
    expect(plan.consents.map(({ node, action }) => `${action} ${node}`)).toEqual(["restart a"]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    const shell = await Shell.of(host, "quarry.a");
    expect((await shell.run("cat /sys/block/vda/size")).output).toBe(`${1024 ** 3 / 512}\n`);
    shell.close();
    const now = await lives();
    expect(Object.keys(now).filter((node) => now[node] === before[node])).toEqual(["b", "c"]);
    expect(await stepsOf(larger, host, services)).toEqual([]);
  });

  it("moves a cable of type udp, and changes an MTU, with a restart of their nodes that the plan announces", async () => {
    const before = await lives();
    const moved = manifest(together, {
      a: ", boot_disk_size = 1",
      links: `{ src = "a::eth2", dst = "b::eth4" }, { src = "a::eth3", dst = "b::eth3", type = "bridge", mtu = 9000 }`,
    });
    const { plan, outcome } = await up(moved, host, services);
    const consent = (node: string, reasons: readonly string[]) => ({
      node,
      action: "restart",
      reason: expect.stringMatching(reasons.map((reason) => `${reason}.*`).join("")) as unknown,
    });
    const mtu = "MTU at eth3 1500 -> 9000";
    expect(plan.consents).toEqual([
      consent("a", ["able at eth2", mtu]),
      consent("b", ["able at eth2", mtu, "able at eth4"]),
    ]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    const now = await lives();
    expect(Object.keys(now).filter((node) => now[node] === before[node])).toEqual(["c"]);
    const [a, b] = [await Shell.of(host, "quarry.a"), await Shell.of(host, "quarry.b")];
    await b.run("ip address add 10.0.7.2/24 dev eth4; ip address add 10.0.8.2/24 dev eth3");
    await a.run("ip address add 10.0.7.1/24 dev eth2; ip address add 10.0.8.1/24 dev eth3");
    expect((await a.run("ping -c 2 -W 5 10.0.7.2")).status).toBe(0);
    expect((await a.run("cat /sys/class/net/eth3/mtu; ping -q -c 2 -s 8900 -W 5 10.0.8.2")).output).toMatch(
      /^9000\n[^]* 0% packet loss/,
    );
    a.close();
    b.close();
    expect(await stepsOf(moved, host, services)).toEqual([]);
  });

  it("leaves nothing", async () => {
    expect(await destroyLab({ lab: "quarry" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });
});
