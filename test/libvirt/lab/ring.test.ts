import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroyLab, openHost, type Host } from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { ring, Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const NODES = 20;

describe.skipIf(obstacle)(`a ring of ${NODES} nodes${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let before: Inventory;
  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    before = await inventory(hypervisor);
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
  });

  it("deploys, answers pings hop by hop, and goes", { timeout: 600_000 }, async () => {
    const services = await testServices();
    const text = ring("ring", NODES);
    const { outcome } = await up(text, host, services);
    expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: NODES, nodes: NODES } });
    expect(await stepsOf(text, host, services)).toEqual([]);
    const silent: string[] = [];
    for (let index = 1; index <= NODES; index++) {
      const shell = await Shell.of(host, `ring.n${index}`);
      const { status } = await shell.run(`ping -c 2 -W 5 10.0.${index}.2`);
      if (status !== 0) silent.push(`n${index}`);
      shell.close();
    }
    expect(silent).toEqual([]);
    expect(await destroyLab({ lab: "ring" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    expect(await inventory(hypervisor)).toEqual(before);
  });
});
