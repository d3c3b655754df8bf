import { copyFile, readdir, readFile, readlink, rm, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  applyPlan,
  destroyLab,
  labDetails,
  labStatus,
  planLab,
  planPower,
  type Host,
  type LabServices,
} from "@labscape/lab";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHost } from "../use-hypervisor.js";
import { processesNamed } from "../node-libvirt/sshd.js";
import { FaultRecord } from "./fault-record.js";
import { buildProgram, type Program } from "./run-child.js";
import { labOf, MANIFEST, ring, stepsOf, testServices, up } from "./support.js";

const obstacle = await canRunHypervisor();
const lab = ring("quarry", 2);
const quiet = { onEvent: () => undefined };
/** The user "nobody". */
const NOBODY = 65_534;

describe.skipIf(obstacle)(`what breaks on the host${obstacle === undefined ? "" : ` (${obstacle})`}`, () => {
  let hypervisor: Hypervisor;
  let host: Host;
  let services: LabServices;
  let record: FaultRecord;
  let program: Program;

  useHost((started) => ({ hypervisor, host } = started));
  beforeAll(async () => {
    services = await testServices("disk");
    record = await FaultRecord.begin(hypervisor, host);
    program = await buildProgram();
  });
  afterAll(async () => {
    record.print();
    await program.remove();
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
  const states = async (): Promise<readonly string[]> =>
    ((await labStatus(host, { lab: "quarry" }))[0]?.nodes ?? []).map(({ name, state }) => `${name} ${state}`);
  /** Sends a signal to the QEMU of a node. */
  const signalQemu = async (node: string, signal: string): Promise<void> => {
    for (const pid of await processesNamed(hypervisor, "qemu-system-x86")) {
      const { stdout } = await hypervisor.exec(["cat", `/proc/${pid}/cmdline`]);
      if (stdout.includes(`guest=quarry.${node},`)) await hypervisor.exec(["kill", `-${signal}`, pid]);
    }
  };

  // Pool, secret, network; then for each node disk, seed, definition and start.
  it.each(Array.from({ length: 11 }, (_, index) => index + 1))("cancelled in step %i of up", async (number) => {
    const controller = new AbortController();
    const plan = await planLab(labOf(lab), host, { manifest: MANIFEST, services });
    let started = 0;
    const outcome = await applyPlan(plan, host, {
      wait: "started",
      signal: controller.signal,
      onEvent: (event) => {
        if (event.type === "step-started" && ++started === number) controller.abort();
      },
    });
    expect(outcome).toMatchObject({ outcome: "cancelled", problems: [], counts: { failed: 0 } });
    expect(outcome.counts.done + outcome.counts.skipped).toBe(11);
    await destroy();
  });

  it("cancelled in each step of destroy, again and again: nothing is left at the end", async () => {
    await up(lab, host, services, { wait: "started" });
    const outcomes: string[] = [];
    // What runs when it is cancelled ends, so that each run does something.
    for (let runs = 0; runs < 5 && outcomes.at(-1) !== "done"; runs++) {
      const controller = new AbortController();
      const { outcome, problems } = await destroyLab({ lab: "quarry" }, host, {
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === "step-started") controller.abort();
        },
      });
      expect(problems).toEqual([]);
      outcomes.push(outcome);
    }
    expect(outcomes.slice(0, 2)).toEqual(["cancelled", "cancelled"]);
    expect(outcomes.at(-1)).toBe("done");
    await record.check();
  });

  it("one guest's QEMU is killed: it shows, up starts it again, the other runs on", async () => {
    await up(lab, host, services, { wait: "started" });
    const { id } = await host.connection.domainLookupByName("quarry.n1");
    await signalQemu("n2", "KILL");
    await expect.poll(states, { timeout: 10_000 }).toEqual(["n1 running", "n2 failed"]);
    expect(await stepsOf(lab, host, services)).toEqual(["domain/n2/start"]);
    expect((await up(lab, host, services, { wait: "started" })).outcome.outcome).toBe("done");
    expect(await states()).toEqual(["n1 running", "n2 running"]);
    expect((await host.connection.domainLookupByName("quarry.n1")).id).toBe(id);
    await destroy();
  });

  it("one guest's QEMU hangs: status and plans answer, destroy removes it", async () => {
    await up(lab, host, services, { wait: "started" });
    await signalQemu("n2", "STOP");
    expect(await states()).toEqual(["n1 running", "n2 running"]);
    expect(await stepsOf(lab, host, services)).toEqual([]);
    await destroy();
  });

  it("the pool's disk is full: the steps that need room fail and say so", async () => {
    await hypervisor.exec(["mkdir", "/var/lib/libvirt/small"]);
    await hypervisor.exec(["mount", "-t", "tmpfs", "-o", "size=300k", "none", "/var/lib/libvirt/small"]);
    const small = ring("quarry", 2, { rest: `host = { pool_path = "/var/lib/libvirt/small" }` });
    const { outcome } = await up(small, host, services, { wait: "started" });
    expect(outcome.outcome).toBe("failed");
    expect(outcome.problems.map(({ code }) => code)).toContain("no-space");
    expect((await destroyLab({ lab: "quarry" }, host, quiet)).problems).toEqual([]);
    await hypervisor.exec(["umount", "/var/lib/libvirt/small"]);
    await hypervisor.exec(["rmdir", "/var/lib/libvirt/small"]);
    await record.check();
  });

  it("an image is removed under a node that is off: start says which, the other node starts", async () => {
    const { disk } = await guestImage("tiny_linux");
    const own = path.join(hypervisor.directory, "lib/images/own.qcow2");
    await copyFile(disk, own);
    const image = {
      version: "own",
      disk: { path: "/var/lib/libvirt/images/own.qcow2", format: "qcow2" as const, capacity: 64n * 1024n ** 2n },
      extraDisks: [],
    };
    const withOwn: LabServices = {
      ...services,
      images: {
        resolve: (model, version) =>
          version === "2.0" ? Promise.resolve(image) : services.images.resolve(model, version),
      },
    };
    const text = ring("quarry", 2, { node: (name) => (name === "n2" ? `, version = "2.0"` : "") });
    expect((await up(text, host, withOwn, { wait: "started" })).outcome.outcome).toBe("done");
    await applyPlan(await planPower(host, { lab: "quarry", action: "down", patience: 0 }), host, quiet);
    await rm(own);
    const start = await applyPlan(await planPower(host, { lab: "quarry", action: "start" }), host, quiet);
    expect(start).toMatchObject({ outcome: "failed", counts: { done: 1, failed: 1 } });
    expect(start.problems).toEqual([expect.objectContaining({ code: "image-missing" })]);
    expect(await states()).toEqual(["n1 running", "n2 failed"]);
    await destroy();
  });

  it("a node never becomes ready: the run ends in time and says what its console said last", async () => {
    const never = ring("quarry", 2, { rest: "ready_timeout = 1" });
    const { outcome, events } = await up(never, host, services);
    expect(outcome).toMatchObject({ outcome: "failed", counts: { failed: 0, ready: 0, nodes: 2 } });
    expect(outcome.problems.map(({ code }) => code)).toEqual(["not-ready", "not-ready"]);
    expect(events.filter(({ type }) => type === "not-ready")).toHaveLength(2);
    expect(await states()).toEqual(["n1 running", "n2 running"]);
    await destroy();
  });

  it("a user without permission is told so, and what to do", async () => {
    const image = { ...(await guestImage("tiny_linux")), cmdline: guestCommandLine };
    const task = { uri: hypervisor.uri, lab: "quarry", manifest: lab, image, wait: "started", purpose: "up" } as const;
    await hypervisor.exec(["chmod", "0711", "/run/libvirt"]);
    await expect(program.run(task, { uid: NOBODY, gid: NOBODY })).rejects.toThrow(/permission-denied/);
    await record.check();
  });

  it("secrets are in no event, log, argument or file that others can read", async () => {
    const { outcome, events } = await up(lab, host, services);
    expect(outcome.outcome).toBe("done");
    const { password = "" } = await labDetails(host, { lab: "quarry", secrets: true });
    expect(password.length).toBeGreaterThan(8);
    const found: string[] = [];
    const look = (place: string, text: string): void => {
      if (text.includes(password)) found.push(place);
    };
    look("events", JSON.stringify(events));
    look("status", JSON.stringify(await labStatus(host)));
    for (const domain of await host.connection.listAllDomains()) look(domain.name, await domain.getXmlDesc());
    for (const network of await host.connection.listAllNetworks()) look(network.name, await network.getXmlDesc());
    for (const file of await readableByOthers(hypervisor.directory)) look(file, await readFile(file, "latin1"));
    for (const { pid, text } of await commandLines(hypervisor.pid)) look(`arguments of ${pid}`, text);
    expect(found).toEqual([]);
    await destroy();
  });
});

/** Files whose own permissions let others read them; folders above may still keep these out. */
async function readableByOthers(directory: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && ((await stat(file)).mode & 0o044) !== 0) found.push(file);
  }
  expect(found.length).toBeGreaterThan(5);
  return found;
}

/** Of all processes in the process namespace of `pid`. */
async function commandLines(pid: number): Promise<readonly { readonly pid: string; readonly text: string }[]> {
  const namespace = await readlink(`/proc/${pid}/ns/pid`);
  const found: { readonly pid: string; readonly text: string }[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if ((await readlink(`/proc/${entry}/ns/pid`)) !== namespace) continue;
      found.push({ pid: entry, text: await readFile(`/proc/${entry}/cmdline`, "utf8") });
    } catch {
      // A process that ended while we looked.
    }
  }
  expect(found.some(({ text }) => text.includes("guest=quarry.n1"))).toBe(true);
  return found;
}
