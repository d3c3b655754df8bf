import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  labStatus,
  openHost,
  planPower,
  type Host,
  type LabEvent,
  type LabServices,
  type Outcome,
  type PowerAction,
  type PowerOptions,
} from "@labscape/lab";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import { labOf, ring, Shell, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();

describe.skipIf(obstacle)(`power${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  const text = ring("quarry", 2, {
    node: (name) => (name === "n2" ? `, depends_on = ["n1"]` : ""),
    rest: `bridges = [{ name = "lan", links = ["n1::eth3", "n2::eth3"] }]`,
  });

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    services = await testServices();
    before = await inventory(hypervisor);
    await up(text, host, services);
  });
  afterAll(async () => {
    await host.close();
    await hypervisor.stop();
  });

  interface PowerRun {
    readonly steps: readonly string[];
    readonly outcome: Outcome;
    readonly events: readonly LabEvent[];
  }
  async function power(
    action: PowerAction,
    nodes: readonly string[] = [],
    options: Partial<PowerOptions> = {},
    signal?: AbortSignal,
  ): Promise<PowerRun> {
    const plan = await planPower(host, {
      lab: "quarry",
      action,
      nodes,
      manifest: { lab: labOf(text), services },
      ...options,
    });
    const events: LabEvent[] = [];
    const outcome = await applyPlan(plan, host, {
      onEvent: (event) => events.push(event),
      ...(signal === undefined ? {} : { signal }),
    });
    return { steps: plan.steps.map(({ id }) => id), outcome, events };
  }
  const states = async (): Promise<readonly string[]> => {
    const [status] = await labStatus(host, { lab: "quarry" });
    return (status?.nodes ?? []).map(({ name, state, ready }) => `${name} ${state}${ready ? " ready" : ""}`);
  };
  async function pings(): Promise<boolean> {
    const shell = await Shell.of(host, "quarry.n1");
    const { status } = await shell.run("ping -c 2 -W 5 10.0.1.2");
    shell.close();
    return status === 0;
  }
  const idOf = async (node: string): Promise<number> => (await host.connection.domainLookupByName(`quarry.${node}`)).id;

  it("suspends and resumes; neither touches what is so already", async () => {
    const id = await idOf("n1");
    expect((await power("suspend", ["n1"])).steps).toEqual(["domain/n1/suspend"]);
    expect(await states()).toEqual(["n1 paused", "n2 running ready"]);
    expect((await power("suspend")).steps).toEqual(["domain/n2/suspend"]);
    expect((await power("resume")).steps).toEqual(["domain/n1/resume", "domain/n2/resume"]);
    expect((await power("resume")).steps).toEqual([]);
    expect(await states()).toEqual(["n1 running ready", "n2 running ready"]);
    expect(await idOf("n1")).toBe(id);
    expect(await pings()).toBe(true);
  });

  it("shuts a guest down by its own means, and starts it to ready", async () => {
    const shell = await Shell.of(host, "quarry.n2");
    const bye = shell.waitFor(/Power down|shutting down|SIGTERM|System halted|reboot: /i);
    const { steps, outcome } = await power("down", ["n2"], { patience: 60 });
    expect({ steps, outcome: outcome.outcome }).toEqual({ steps: ["domain/n2/stop"], outcome: "done" });
    await bye;
    shell.close();
    expect(await states()).toEqual(["n1 running ready", "n2 stopped"]);
    expect((await power("down", ["n2"])).steps).toEqual([]);
    const start = await power("start");
    expect(start.steps).toEqual(["domain/n2/start"]);
    expect(start.outcome).toMatchObject({ outcome: "done", counts: { ready: 2, nodes: 2 } });
    expect(await states()).toEqual(["n1 running ready", "n2 running ready"]);
    expect(await pings()).toBe(true);
  });

  it("powers off a guest that does not listen, and at once with no patience", async () => {
    const shell = await Shell.of(host, "quarry.n2");
    await shell.run("killall -STOP acpid");
    shell.close();
    const { outcome } = await power("down", ["n2"], { patience: 2 });
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await states()).toEqual(["n1 running ready", "n2 stopped"]);
    const restart = await power("restart", ["n1", "n2"], { patience: 0 });
    expect(restart.steps).toEqual(["domain/n1/stop", "domain/n1/start", "domain/n2/start"]);
    expect(restart.outcome).toMatchObject({ outcome: "done", counts: { ready: 2, nodes: 2 } });
    const ready = restart.events.flatMap((event) => (event.type === "ready" ? [event.node] : []));
    expect(ready).toEqual(["n1", "n2"]);
  });

  it("is cancelled while it waits for a guest, and goes on when asked again", async () => {
    const shell = await Shell.of(host, "quarry.n2");
    await shell.run("killall -STOP acpid");
    shell.close();
    const controller = new AbortController();
    const plan = await planPower(host, { lab: "quarry", action: "down", nodes: ["n2"], patience: 600 });
    const outcome = await applyPlan(plan, host, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "step-started") controller.abort();
      },
    });
    expect(outcome).toMatchObject({ outcome: "cancelled", problems: [], counts: { done: 0, skipped: 1 } });
    expect((await power("down", [], { patience: 1 })).outcome.outcome).toBe("done");
    expect(await states()).toEqual(["n1 stopped", "n2 stopped"]);
  });

  it("start brings a lab back after a power cut, its cables and networks included", async () => {
    await power("start");
    await host.close();
    await hypervisor.reboot();
    host = await openHost({ uri: hypervisor.uri });
    expect(await states()).toEqual(["n1 stopped", "n2 stopped"]);
    // Somebody has stopped what libvirt had started by itself.
    for (const network of await host.connection.listAllNetworks(2)) await network.destroy();
    for (const pool of await host.connection.listAllStoragePools(2)) await pool.destroy();
    const { steps, outcome } = await power("start");
    expect(steps.filter((id) => !id.startsWith("domain/")).map((id) => id.split("/")[0])).toEqual([
      "pool",
      "network",
      "network",
    ]);
    expect(outcome).toMatchObject({ outcome: "done", problems: [], counts: { ready: 2, nodes: 2 } });
    expect(await pings()).toBe(true);
    expect(await stepsOf(text, host, services)).toEqual([]);
  });

  it("nodes start with the host when autostart is on", async () => {
    expect((await power("autostart on", ["n1"])).steps).toEqual(["domain/n1/update"]);
    expect((await power("autostart on")).steps).toEqual(["domain/n2/update"]);
    expect((await power("autostart off", ["n2"])).steps).toEqual(["domain/n2/update"]);
    await host.close();
    await hypervisor.reboot();
    host = await openHost({ uri: hypervisor.uri });
    await expect.poll(states, { timeout: 60_000 }).toEqual(["n1 running", "n2 stopped"]);
  });

  it("a node that is to start late takes no turn from the others meanwhile, and can be cancelled", async () => {
    await power("down", [], { patience: 0 });
    const late = ring("quarry", 2, { node: (name) => (name === "n1" ? ", start_delay = 3600" : "") });
    const plan = await planPower(host, { lab: "quarry", action: "start", manifest: { lab: labOf(late), services } });
    const controller = new AbortController();
    const outcome = await applyPlan(plan, host, {
      concurrency: 1,
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "ready") controller.abort();
      },
    });
    expect(outcome).toMatchObject({ outcome: "cancelled", problems: [], counts: { done: 1, skipped: 1, ready: 1 } });
    expect(await states()).toEqual(["n1 stopped", "n2 running ready"]);
  });

  it("leaves nothing when destroyed", async () => {
    expect(await destroyLab({ lab: "quarry" }, host, { onEvent: () => undefined })).toMatchObject({ outcome: "done" });
    const { files, ...left } = await inventory(hypervisor);
    // What libvirt itself forgets of guests that a power cut has ended.
    expect({ ...left, files: files.filter((file) => !file.startsWith("lib/qemu/domain-")) }).toEqual(before);
  });
});
