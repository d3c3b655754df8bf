import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lifeline, openHost, watchLabs, type Host, type Reach } from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { machine } from "../node-libvirt/machine.js";

const obstacle = await canRunHypervisor();
const options = { firstRest: 50, longestRest: 200 };

describe.skipIf(obstacle)(`a connection that is lost${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
  });

  it("is told at once, comes back with the daemon, and all that was watched goes on", async () => {
    const heard: Reach[] = [];
    const states = (): readonly string[] => heard.map(({ state }) => state);
    const lifeline = new Lifeline(host, (reach) => heard.push(reach), options);
    let readings = 0;
    const watch = await watchLabs(host, () => readings++);
    for (const round of [1, 2]) {
      await hypervisor.signalDaemon("SIGKILL");
      await expect.poll(states).toHaveLength(2 * round - 1);
      expect(heard.at(-1)).toMatchObject({ state: "lost", why: { name: "LabError" } });
      await expect(lifeline.restore()).rejects.toMatchObject({
        code: expect.stringMatching(/unreachable|lost/) as string,
      });
      await hypervisor.startDaemon();
      await expect.poll(states, { timeout: 30_000 }).toHaveLength(2 * round);
      expect(lifeline.reach).toEqual({ state: "up" });
    }
    expect(states()).toEqual(["lost", "up", "lost", "up"]);
    const before = readings;
    const domain = await host.connection.domainDefineXml(machine("seen", "33333333-3333-4333-8333-333333333333"));
    await expect.poll(() => readings).toBeGreaterThan(before);
    await domain.undefine();
    await watch.close();
    lifeline.close();
  });

  it("is tried at once for who asks, and not any more when nobody needs it", async () => {
    const heard: string[] = [];
    const patient = new Lifeline(host, ({ state }) => heard.push(state), { firstRest: 600_000 });
    await patient.restore();
    const { closed } = host.connection;
    await hypervisor.signalDaemon("SIGKILL");
    await closed;
    await expect.poll(() => heard).toEqual(["lost"]);
    await hypervisor.startDaemon();
    await Promise.all([patient.restore(), patient.restore()]);
    expect(heard).toEqual(["lost", "up"]);
    patient.close();
    await host.close();
    expect(heard).toEqual(["lost", "up"]);
  });
});
