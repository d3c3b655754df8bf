import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroyLab, openHost, type Host, type LabServices } from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();

/** Three nodes a, b, c with eth1 on 10.0.0.0/24: .1, .2, .3. */
const manifest = (bridges: string, a = ""): string =>
  `name = "quarry"
nodes = [
  { name = "a", model = "tiny_linux", interfaces = { eth1 = { ipv4 = "10.0.0.1/24" } }${a} },
  { name = "b", model = "tiny_linux", interfaces = { eth1 = { ipv4 = "10.0.0.2/24" } } },
  { name = "c", model = "tiny_linux", interfaces = { eth1 = { ipv4 = "10.0.0.3/24" } } },
]
bridges = [${bridges}]`;
const together = `{ name = "x", links = ["a::eth1", "b::eth1", "c::eth1"] }`;
const apart = `{ name = "x", links = ["a::eth1", "b::eth1"] }, { name = "y", links = ["c::eth1"] }`;

describe.skipIf(obstacle)(`bridges and disks${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    services = await testServices("disk");
    before = await inventory(hypervisor);
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
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

  it("join three nodes", async () => {
    expect((await up(manifest(together), host, services)).outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await reached("a")).toEqual(["1", "2", "3"]);
    expect(await stepsOf(manifest(together), host, services)).toEqual([]);
  });

  it("are re-plugged while the nodes run", async () => {
    const { connection } = host;
    const { id } = await connection.domainLookupByName("quarry.c");
    const { plan, outcome } = await up(manifest(apart), host, services);
    expect(plan.consents).toEqual([]);
    expect(plan.steps.map((step) => step.id)).toEqual(["network/y/create", "domain/c/update"]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect((await connection.domainLookupByName("quarry.c")).id).toBe(id);
    expect(await reached("a")).toEqual(["1", "2"]);
    await up(manifest(together), host, services);
    expect(await reached("a")).toEqual(["1", "2", "3"]);
    expect(await stepsOf(manifest(together), host, services)).toEqual([]);
  });

  it("a disk grows with a restart of its node", async () => {
    const larger = manifest(together, ", boot_disk_size = 1");
    const { plan, outcome } = await up(larger, host, services);
    expect(plan.consents.map(({ node, action }) => `${action} ${node}`)).toEqual(["restart a"]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    const shell = await Shell.of(host, "quarry.a");
    expect((await shell.run("cat /sys/block/vda/size")).output).toBe(`${1024 ** 3 / 512}\n`);
    shell.close();
    expect(await stepsOf(larger, host, services)).toEqual([]);
  });

  it("leave nothing", async () => {
    expect(await destroyLab({ lab: "quarry" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });
});
