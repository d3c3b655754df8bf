import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroyLab, openHost, type Host, type LabEvent } from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { leafSpine } from "./leaf-spine.js";
import { Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const fabric = leafSpine("fabric", { spines: 4, leaves: 8, hosts: 38 });

/** The most nodes that were between their start and being ready at any moment. */
function bootsAtOnce(events: readonly LabEvent[]): number {
  const booting = new Set<string>();
  const counts = events.map((event) => {
    if (event.type === "step-started" && event.step.action === "start") booting.add(event.step.name);
    if (event.type === "ready") booting.delete(event.node);
    return booting.size;
  });
  return Math.max(...counts);
}

describe.skipIf(obstacle)(
  `a leaf-spine of ${fabric.nodes} nodes${obstacle === undefined ? "" : ` (${obstacle})`}`,
  () => {
    let hypervisor: Hypervisor;
    let host: Host;
    let before: Inventory;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "labscape-fabric-"));
      hypervisor = await startHypervisor();
      host = await openHost({ uri: hypervisor.uri });
      before = await inventory(hypervisor);
    });
    afterAll(async () => {
      await host.close();
      await hypervisor.stop();
      await rm(folder, { recursive: true });
    });

    it("deploys, answers pings from end to end, and goes", { timeout: 1_200_000 }, async () => {
      const services = await testServices();
      const script = join(folder, "routes.sh");
      await writeFile(script, fabric.routes);
      const text = fabric.manifest(script);
      const { outcome, events } = await up(text, host, services);
      const ready = { ready: fabric.nodes, nodes: fabric.nodes };
      expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: ready });
      expect(bootsAtOnce(events)).toBe(2);
      expect(await stepsOf(text, host, services)).toEqual([]);
      const pings = fabric.pings.map(async ({ from, address }) => {
        const shell = await Shell.of(host, `fabric.${from}`);
        const { output, status } = await shell.run(`ping -c 2 -W 10 ${address}`);
        shell.close();
        return status === 0 ? [] : [`${from} to ${address}: ${output}`];
      });
      expect((await Promise.all(pings)).flat()).toEqual([]);
      expect(await destroyLab({ lab: "fabric" }, host, { onEvent: () => undefined })).toMatchObject({
        outcome: "done",
      });
      expect(await inventory(hypervisor)).toEqual(before);
    });
  },
);
