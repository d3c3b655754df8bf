import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  openHost,
  planDestroy,
  planLab,
  type Host,
  type LabServices,
  type Plan,
} from "@labscape/lab";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";
import type { Task } from "./child.js";
import { FaultRecord } from "./fault-record.js";
import { buildProgram, type Program } from "./run-child.js";
import { labOf, MANIFEST, ring, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const lab = ring("quarry", 2);
const quiet = { onEvent: () => undefined };

describe.skipIf(obstacle)(`what goes wrong${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let before: Inventory;
  let record: FaultRecord;
  let program: Program;
  let task: Omit<Task, "purpose">;

  beforeAll(async () => {
    hypervisor = await startHypervisor();
    host = await openHost({ uri: hypervisor.uri });
    services = await testServices("disk");
    program = await buildProgram();
    const image = { ...(await guestImage("tiny_linux")), cmdline: guestCommandLine };
    task = { uri: hypervisor.uri, lab: "quarry", manifest: lab, image, wait: "started" };
    record = await FaultRecord.begin(hypervisor, host);
    before = await inventory(hypervisor);
  });
  afterAll(async () => {
    record.print();
    await host.close();
    await program.remove();
    await hypervisor.stop();
  });

  // A test that failed half-way must not spoil the next.
  afterEach(async () => {
    await destroyLab({ lab: "quarry" }, host, quiet);
  });

  const destroy = async (): Promise<void> => {
    const { outcome, problems } = await destroyLab({ lab: "quarry" }, host, quiet);
    expect({ outcome, problems }).toEqual({ outcome: "done", problems: [] });
    await record.check();
  };
  /**
   * Without what a daemon that was killed was just writing (a network's state, the folder of a domain that it was starting):
   * no call of libvirt's API reaches that.
   */
  const left = async (): Promise<Inventory> => {
    const all = await inventory(hypervisor);
    return {
      ...all,
      files: all.files.filter((file) => !/^run\/libvirt\/network\/.*\.xml\.new$|^lib\/qemu\/domain-/.test(file)),
    };
  };

  // Pool, secret, network; then for each node disk, seed, definition and start.
  const upSteps = Array.from({ length: 11 }, (_, index) => index + 1);
  it.each(upSteps)("killed in step %i of up: destroy leaves nothing", async (killInStep) => {
    expect(await program.run({ ...task, purpose: "up", killInStep })).toBeUndefined();
    await destroy();
  });
  it.each(upSteps)("killed in step %i of up: up again completes it", async (killInStep) => {
    expect(await program.run({ ...task, purpose: "up", killInStep })).toBeUndefined();
    const { outcome } = await up(lab, host, services, { wait: "started" });
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await stepsOf(lab, host, services)).toEqual([]);
    const running = await host.connection.listAllDomains(1);
    expect(running.map(({ name }) => name).sort()).toEqual(["quarry.n1", "quarry.n2"]);
    await destroy();
  });
  it.each([1, 2, 3, 4])("killed in step %i of destroy: destroy again leaves nothing", async (killInStep) => {
    await up(lab, host, services, { wait: "started" });
    expect(await program.run({ ...task, purpose: "destroy", killInStep })).toBeUndefined();
    await destroy();
  });

  it.each([1, 2, 3, 4])("killed in step %i of destroy: up again makes the lab whole", async (killInStep) => {
    await up(lab, host, services, { wait: "started" });
    expect(await program.run({ ...task, purpose: "destroy", killInStep })).toBeUndefined();
    const { outcome } = await up(lab, host, services, { wait: "started" });
    expect(outcome).toMatchObject({ outcome: "done", problems: [] });
    expect(await stepsOf(lab, host, services)).toEqual([]);
    await destroy();
  });

  it("two runs at once: the second is told who works on the lab, and spoils nothing", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: LabServices = { ...services, waitReady: () => held };
    const plan = await planLab(labOf(lab), host, { manifest: MANIFEST, services: slow });
    let bothBoot = (): void => undefined;
    const booting = new Promise<void>((resolve) => (bothBoot = resolve));
    let started = 0;
    const first = applyPlan(plan, host, {
      onEvent: (event) => {
        if (event.type === "booting" && ++started === 2) bothBoot();
      },
    });
    await booting;
    await expect(up(lab, host, services)).rejects.toMatchObject({ code: "lab-busy" });
    await expect(up(lab, host, services)).rejects.toThrow(new RegExp(`process ${process.pid}\\)`));
    await expect(destroyLab({ lab: "quarry" }, host, quiet)).rejects.toMatchObject({ code: "lab-busy" });
    release();
    expect(await first).toMatchObject({ outcome: "done" });
    await destroy();
  });

  it("cancelled: what runs ends, the rest is skipped; up again completes it", async () => {
    const controller = new AbortController();
    const plan = await planLab(labOf(lab), host, { manifest: MANIFEST, services });
    const outcome = await applyPlan(plan, host, {
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "step-done" && event.step.id === "domain/n1/create") controller.abort();
      },
    });
    expect(outcome).toMatchObject({ outcome: "cancelled", problems: [], counts: { failed: 0 } });
    expect(outcome.counts.skipped).toBeGreaterThan(0);
    expect((await up(lab, host, services, { wait: "started" })).outcome.outcome).toBe("done");
    await destroy();
  });

  it("cancelled with rollback: nothing is left of the run", async () => {
    const controller = new AbortController();
    const plan = await planLab(labOf(lab), host, { manifest: MANIFEST, services });
    const outcome = await applyPlan(plan, host, {
      signal: controller.signal,
      rollback: true,
      wait: "started",
      onEvent: (event) => {
        if (event.type === "step-done" && event.step.id === "domain/n1/start") controller.abort();
      },
    });
    expect(outcome.outcome).toBe("cancelled");
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("a missing image fails the node that needs it, with its mend, and no other", async () => {
    const missing: LabServices = {
      ...services,
      images: {
        resolve: async (model, version) =>
          version === "2.0"
            ? {
                version,
                disk: { path: "/nowhere/gone.qcow2", format: "qcow2", capacity: 64n * 1024n ** 2n },
                extraDisks: [],
              }
            : services.images.resolve(model, version),
      },
    };
    const text = ring("quarry", 2, { node: (name) => (name === "n2" ? `, version = "2.0"` : "") });
    const { outcome } = await up(text, host, missing, { wait: "started" });
    expect(outcome).toMatchObject({ outcome: "failed", counts: { failed: 1, skipped: 2 } });
    expect(outcome.problems).toEqual([expect.objectContaining({ code: "image-missing" })]);
    expect((await host.connection.listAllDomains(1)).map(({ name }) => name)).toEqual(["quarry.n1"]);
    await destroy();
  });

  it("a node that does not become ready: those that depend on it are not started, the run says why", async () => {
    const never: LabServices = {
      ...services,
      waitReady: async (target, options) => {
        if (target.node.name === "n1") throw new Error("said nothing");
        await services.waitReady(target, options);
      },
    };
    const text = ring("quarry", 2, { node: (name) => (name === "n2" ? `, depends_on = ["n1"]` : "") });
    const { outcome, events } = await up(text, host, never);
    expect(outcome).toMatchObject({ outcome: "failed", counts: { failed: 0, skipped: 1, ready: 0, nodes: 2 } });
    expect(events).toContainEqual(expect.objectContaining({ type: "not-ready", node: "n1" }));
    expect(events).toContainEqual(
      expect.objectContaining({ type: "step-skipped", because: "domain/n1/start was not done" }),
    );
    // The next run waits for the node that runs, then starts the other.
    const again = await up(text, host, services);
    expect(again.plan.steps.map(({ id }) => id)).toEqual(["domain/n2/start"]);
    const order = again.events.flatMap((event) => (event.type === "ready" ? [event.node] : []));
    expect({ outcome: again.outcome.outcome, order }).toEqual({ outcome: "done", order: ["n1", "n2"] });
    await destroy();
  });

  it("somebody's network has taken the subnet: planning says which", async () => {
    const foreign = `<network><name>theirs</name><ip address="10.77.0.1" netmask="255.255.0.0"/></network>`;
    const network = await host.connection.networkDefineXml(foreign);
    const text = ring("quarry", 2, { rest: `management = { ipv4 = "10.77.3.0/24" }` });
    await expect(up(text, host, services)).rejects.toThrow(/10\.77\.0\.0\/16 of the libvirt network theirs/);
    await network.undefine();
    expect(await inventory(hypervisor)).toEqual(before);
  });

  it("somebody's files lie where a new lab's directory would be: it is refused, and they stay", async () => {
    const directory = `/var/lib/libvirt/mine/${host.owner}.quarry`;
    await hypervisor.exec(["sh", "-c", `mkdir -p ${directory} && echo precious > ${directory}/n1.qcow2`]);
    const { outcome } = await up(
      ring("quarry", 2, { rest: `host = { pool_path = "/var/lib/libvirt/mine" }` }),
      host,
      services,
    );
    expect(outcome).toMatchObject({ outcome: "failed", problems: [{ code: "directory-not-empty" }] });
    expect(await destroyLab({ lab: "quarry" }, host, quiet)).toMatchObject({ outcome: "done", counts: { done: 0 } });
    expect((await hypervisor.exec(["cat", `${directory}/n1.qcow2`])).stdout).toBe("precious\n");
    await hypervisor.exec(["rm", "-r", "/var/lib/libvirt/mine"]);
    expect(await left()).toEqual(before);
  });

  it("somebody puts a file into a lab's directory: destroy leaves it, says so, and removes all else", async () => {
    await up(lab, host, services, { wait: "started" });
    const directory = `/var/lib/libvirt/labscape/${host.owner}.quarry`;
    await hypervisor.exec(["sh", "-c", `echo precious > ${directory}/notes.txt`]);
    const outcome = await destroyLab({ lab: "quarry" }, host, quiet);
    expect(outcome).toMatchObject({ outcome: "failed", problems: [{ code: "files-left" }] });
    expect((await hypervisor.exec(["ls", directory])).stdout).toBe("notes.txt\n");
    await hypervisor.exec(["rm", "-r", directory]);
    expect(await left()).toEqual(before);
  });

  /** Kills the daemon when a run comes to a step; there is another one afterwards. */
  async function killDaemonIn(plan: (own: Host) => Promise<Plan>, step: string): Promise<void> {
    const own = await openHost({ uri: hypervisor.uri });
    const daemon = await hypervisor.daemonPid();
    const { outcome, problems } = await applyPlan(await plan(own), own, {
      wait: "started",
      onEvent: (event) => {
        if (event.type === "step-started" && event.step.id === step) process.kill(daemon, "SIGKILL");
      },
    });
    expect(outcome).toBe("failed");
    expect(problems).toContainEqual(expect.objectContaining({ code: "connection-lost" }));
    await own.close();
    await host.close();
    await hypervisor.startDaemon();
    host = await openHost({ uri: hypervisor.uri });
  }

  it("the daemon is killed in the middle of up: up again completes it", async () => {
    await killDaemonIn((own) => planLab(labOf(lab), own, { manifest: MANIFEST, services }), "domain/n1/start");
    expect((await up(lab, host, services, { wait: "started" })).outcome.outcome).toBe("done");
    await destroy();
  });
  it("the daemon is killed in the middle of destroy: destroy again leaves nothing", async () => {
    await up(lab, host, services, { wait: "started" });
    await killDaemonIn((own) => planDestroy(own, { lab: "quarry" }), "domain/n1/remove");
    await destroy();
  });
});

describe("a host that cannot be reached", () => {
  it("is said to be, with what to do", async () => {
    const directory = await mkdtemp(join(tmpdir(), "labscape-"));
    await expect(openHost({ uri: `qemu+unix:///system?socket=${directory}/none` })).rejects.toMatchObject({
      code: "libvirt-unreachable",
    });
    await expect(openHost({ uri: "nonsense" })).rejects.toMatchObject({ code: "invalid-uri" });
    await rm(directory, { recursive: true });
  });
});
