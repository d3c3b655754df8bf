import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHost, createSecret, labStatus, planLab, type Host, type LabServices } from "@labscape/lab";
import { Connection } from "node-libvirt";
import { workOf } from "../../../packages/lab/src/plan/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { countRoundTrips, type RoundTrips } from "./round-trips.js";
import { labOf, MANIFEST, ring, testServices } from "./support.js";

const obstacle = await canRunHypervisor();

/** On libvirt's own stand-in for a hypervisor. */
describe.skipIf(obstacle)(`looking at a lab${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let uri: string;
  let services: LabServices;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    uri = `test+unix:///default?socket=${hypervisor.socket}`;
    const secret = createSecret();
    services = { ...(await testServices("disk")), createSecret: () => secret };
  });
  afterAll(() => hypervisor.stop());

  /** The trips that plan and status need on a host that runs so many nodes of the lab. */
  async function trips(nodes: number): Promise<{ readonly plan: RoundTrips; readonly status: RoundTrips }> {
    // State of the stand-in lasts as long as its connection.
    const connection = await Connection.open(uri);
    const lab = labOf(ring("large", nodes));
    const plan = (by: Connection) => planLab(lab, hostOf(by), { manifest: MANIFEST, services });
    for (const { operation } of workOf(await plan(connection)).steps) {
      if (operation.kind === "create-network") await connection.networkDefineXml(operation.xml);
      if (operation.kind !== "define-domain") continue;
      const xml = operation.xml.replace(/<domain type="\w+"/, '<domain type="test"');
      await (await connection.domainDefineXml(xml)).create();
    }
    const counts = {
      plan: await countRoundTrips(connection, plan),
      status: await countRoundTrips(connection, async (by) => {
        const [status] = await labStatus(hostOf(by), { lab: "large" });
        expect(status?.nodes.filter(({ state }) => state === "running")).toHaveLength(nodes);
      }),
    };
    await connection.close();
    return counts;
  }
  const hostOf = (connection: Connection): Host => createHost(connection, uri);

  it("takes as many round trips for a hundred nodes as for ten", async () => {
    const [few, many] = [await trips(10), await trips(100)];
    const text = ({ trips: count, calls }: RoundTrips): string => `${count} round trips (${calls} calls)`;
    console.log(
      (["plan", "status"] as const)
        .map((what) => `${what}: ${text(few[what])} at 10 nodes, ${text(many[what])} at 100`)
        .join("\n"),
    );
    expect(many.plan.trips).toBe(few.plan.trips);
    expect(many.status.trips).toBe(few.status.trips);
    expect(many.status.trips).toBeLessThanOrEqual(3);
    // One definition and one mark a node at most.
    expect(many.status.calls - few.status.calls).toBeLessThanOrEqual(2 * 90);
  });
});
