import { beforeAll, describe, expect, it } from "vitest";
import { applyPlan, destroyLab, labStatus, openConsole, planLab, planLink, type Host } from "@labscape/lab";
import { twinCatalogue } from "../../../packages/lab/test/twin.js";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { labOf, MANIFEST, Shell, testServices } from "./support.js";

const obstacle = await canRunHypervisor();

const TEXT = `name = "pair"
nodes = [
  { name = "t", model = "twin" },
  { name = "n", model = "tiny_linux", interfaces = { eth1 = { ipv4 = "10.0.1.2/24" } } },
]
links = [{ src = "t::eth1", dst = "n::eth1" }]
`;

describe.skipIf(obstacle)(`a device of two virtual machines${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let before: Inventory;
  useHost((started) => ({ hypervisor, host } = started));
  beforeAll(async () => {
    before = await inventory(hypervisor);
  });

  it("is one node of the lab; its internal cable and its mirrored port pass frames", async () => {
    const services = await testServices();
    const plan = () => planLab(labOf(TEXT, twinCatalogue()), host, { manifest: MANIFEST, services });
    const outcome = await applyPlan(await plan(), host, { onEvent: () => undefined });
    expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: 2, nodes: 2 } });
    expect((await plan()).steps).toEqual([]);
    const [status] = await labStatus(host, { lab: "pair" });
    expect(status?.nodes).toMatchObject([
      { name: "n", state: "running", ready: true },
      { name: "t", state: "running", ready: true, members: [{ name: "ctl" }, { name: "fwd" }] },
    ]);
    expect(status?.links).toMatchObject([{ src: "t::eth1", dst: "n::eth1", type: "bridge" }]);

    const ctl = await Shell.of(host, "pair.t.ctl");
    const fwd = await Shell.of(host, "pair.t.fwd");
    // The NICs by the order in their models: ctl has management, fabric and the mirror; fwd has fabric and the data port.
    await ctl.run("ip addr add 10.9.0.1/24 dev eth1");
    await fwd.run("ip addr add 10.9.0.2/24 dev eth0; ip addr add 10.0.1.1/24 dev eth1");
    expect((await ctl.run("ping -c 2 -W 5 10.9.0.2")).status).toBe(0);
    expect((await fwd.run("ping -c 2 -W 5 10.0.1.2")).status).toBe(0);
    const seen = ctl.run("l2frame receive eth2 10");
    await ctl.waitFor(/^ready/m);
    await fwd.run("l2frame send eth1 ff:ff:ff:ff:ff:ff 88b5 3");
    expect((await seen).output).toMatch(/^ff:ff:ff:ff:ff:ff 88b5 3 /m);

    const carriers = async (): Promise<string> => {
      const seen = [await ctl.run("cat /sys/class/net/eth2/carrier"), await fwd.run("cat /sys/class/net/eth1/carrier")];
      return seen.map(({ output }) => output.trim()).join("");
    };
    await ctl.run("ip link set eth2 up");
    for (const [endpoint, state, expected] of [
      ["n::eth1", "down", "00"],
      ["t::eth1", "up", "11"],
    ] as const) {
      const link = await planLink(host, { lab: "pair", endpoint, state, catalogue: twinCatalogue() });
      expect(await applyPlan(link, host, { onEvent: () => undefined })).toMatchObject({
        outcome: "done",
        problems: [],
      });
      expect(await carriers()).toBe(expected);
      const [after] = await labStatus(host, { lab: "pair" });
      expect(after?.links).toMatchObject([{ src: "t::eth1", state }]);
    }
    expect((await plan()).steps).toEqual([]);
    ctl.close();
    fwd.close();

    const console = await openConsole(host, { lab: "pair", node: "t", member: "fwd", force: true });
    console.destroy();
    await expect(openConsole(host, { lab: "pair", node: "t", member: "fpc" })).rejects.toMatchObject({
      code: "unknown-member",
      mend: "It has ctl, fwd.",
    });
    expect(await destroyLab({ lab: "pair" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });
});
