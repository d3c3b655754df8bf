import { describe, expect, it } from "vitest";
import { applyPlan, destroyLab, planLab, type Host } from "@labscape/lab";
import { readModelFiles } from "@labscape/topology";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import { canRunHypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { labOf, MANIFEST, Shell, testServices } from "./support.js";

const obstacle = await canRunHypervisor();

/** As a user would write it: FRR with both protocols switched on. */
const MODEL = `name = "frr_routed"
extends = "frr_linux"
first_boot = { options = { ospf = "yes", bgp = "yes" } }
`;

/** Each router has a network of its own, which the other can only know by a routing protocol. */
const TEXT = `name = "routed"
nodes = [
  { name = "r1", model = "frr_routed", interfaces = { eth1 = { ipv4 = "10.0.1.1/24" }, eth2 = { ipv4 = "10.1.1.1/24" } } },
  { name = "r2", model = "frr_routed", interfaces = { eth1 = { ipv4 = "10.0.1.2/24" }, eth2 = { ipv4 = "10.2.2.1/24" } } },
]
links = [{ src = "r1::eth1", dst = "r2::eth1" }]
bridges = [{ name = "west", links = ["r1::eth2"] }, { name = "east", links = ["r2::eth2"] }]
`;

describe.skipIf(obstacle)(`two FRR routers${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let host: Host;
  useHost((started) => ({ host } = started));

  it("exchange routes by OSPF and by BGP from their generated configuration", async () => {
    const { kernel, initrd } = await guestImage("frr_linux");
    const image = { version: "test", kernel: { kernel, initrd, cmdline: guestCommandLine }, extraDisks: [] };
    const services = { ...(await testServices()), images: { resolve: () => Promise.resolve(image) } };
    const { catalogue } = readModelFiles([[{ file: "/models/frr.toml", text: MODEL }]]);
    const plan = await planLab(labOf(TEXT, catalogue), host, { manifest: MANIFEST, services });
    const outcome = await applyPlan(plan, host, { onEvent: () => undefined });
    expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: 2 } });
    const r1 = await Shell.of(host, "routed.r1");
    const until = async (command: string, pattern: string): Promise<string> =>
      (
        await r1.run(
          `for i in $(seq 60); do vtysh -c '${command}' >/tmp/out; grep -q '${pattern}' /tmp/out && break; sleep 1; done; cat /tmp/out`,
        )
      ).output;
    expect(await until("show ip ospf route", "10.2.2.0/24")).toMatch(/10\.2\.2\.0\/24[^]*via 10\.0\.1\.2, eth1/);
    expect(await until("show bgp ipv4 unicast 10.2.2.0/24", "10.0.1.2")).toMatch(/65002[^]*10\.0\.1\.2/);
    expect((await r1.run("ping -c 2 -W 5 10.2.2.1")).status).toBe(0);
    r1.close();
    expect(await destroyLab({ lab: "routed" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
  });
});
