import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHost, createSecret, planLab, type Host, type LabServices, type Plan } from "@labscape/lab";
import { Connection } from "node-libvirt";
import { workOf } from "../../../packages/lab/src/plan/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { labOf, MANIFEST, ring, testServices } from "./support.js";

const obstacle = await canRunHypervisor();
const NODES = 1000;
/** Seconds. */
const BUDGET = 2;

/** libvirt's own stand-in for a hypervisor, which keeps definitions in memory and runs nothing. */
describe.skipIf(obstacle)(`${NODES} nodes${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  const text = ring("large", NODES);

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    const uri = `test+unix:///default?socket=${hypervisor.socket}`;
    host = createHost(await Connection.open(uri), uri);
    const secret = createSecret();
    services = { ...(await testServices("disk")), createSecret: () => secret };
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
  });

  /** CPU seconds: other work on the machine does not count. */
  async function timed(): Promise<{ readonly plan: Plan; readonly seconds: number }> {
    const lab = labOf(text);
    const before = process.cpuUsage();
    const plan = await planLab(lab, host, { manifest: MANIFEST, services });
    const { user, system } = process.cpuUsage(before);
    return { plan, seconds: (user + system) / 1e6 };
  }

  it("are planned within the budget, new and deployed", async () => {
    const fresh = await timed();
    expect(fresh.plan.steps).toHaveLength(3 + 4 * NODES);
    const { connection } = host;
    for (const { operation } of workOf(fresh.plan).steps) {
      if (operation.kind === "create-network") await connection.networkDefineXml(operation.xml);
      if (operation.kind !== "define-domain") continue;
      await connection.domainDefineXml(operation.xml.replace(/<domain type="\w+"/, '<domain type="test"'));
    }
    const deployed = await timed();
    const domains = deployed.plan.steps.filter(({ resource }) => resource === "domain");
    expect(new Set(domains.map(({ action }) => action))).toEqual(new Set(["start"]));
    expect(domains).toHaveLength(NODES);
    console.log(`plan of ${NODES} nodes: new ${fresh.seconds.toFixed(2)} s, deployed ${deployed.seconds.toFixed(2)} s`);
    // Twice the budget: on a machine whose cores are shared, a second of CPU time does less.
    expect(Math.max(fresh.seconds, deployed.seconds)).toBeLessThan(2 * BUDGET);
  });
});
