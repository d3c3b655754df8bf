import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { Connection, ConnectionError, DomainState, isClosed, isTimeout, LifecycleEvent } from "node-libvirt";
import { canRunHypervisor, outsidePid, type Hypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { machine } from "./machine.js";

const reason = await canRunHypervisor();
const UUID = "6f9619ff-8b86-d011-b42d-00cf4fc964c1";

describe.skipIf(reason !== undefined)(`when things break${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let connection: Connection;

  useHypervisor((started) => ({ hypervisor, connection } = started));

  it("cancels and times out calls while the daemon is stopped, and works on afterwards", async () => {
    const patient = await Connection.open(hypervisor.uri, { timeout: 300 });
    await hypervisor.signalDaemon("SIGSTOP");
    try {
      const abort = new AbortController();
      const cancelled = expect(patient.listAllNetworks(0, { signal: abort.signal })).rejects.toMatchObject({
        code: "aborted",
      });
      abort.abort();
      await cancelled;
      await expect(patient.listAllDomains()).rejects.toSatisfy(isTimeout);
      const signal = AbortSignal.timeout(50);
      await expect(patient.subscribe("domain-lifecycle", () => undefined, undefined, { signal })).rejects.toMatchObject(
        { code: "aborted" },
      );
      await expect(Connection.open(hypervisor.uri, { timeout: 300 })).rejects.toSatisfy(isTimeout);
      await expect(Connection.open(hypervisor.uri, { signal: AbortSignal.timeout(100) })).rejects.toMatchObject({
        code: "aborted",
      });
    } finally {
      await hypervisor.signalDaemon("SIGCONT");
    }
    expect(await patient.getType()).toBe("QEMU");
    await patient.close();
  });

  it("fails what waits when the daemon dies, and goes on with the next one when asked to", async () => {
    const heard: number[] = [];
    const domain = await connection.domainDefineXml(machine("lasting", UUID));
    const emitter = await connection.emitter(["domain-lifecycle"], domain);
    emitter.on("domain-lifecycle", ({ event }) => heard.push(event));
    const closed = once(emitter, "close");
    await hypervisor.signalDaemon("SIGSTOP");
    const waiting = expect(connection.listAllDomains()).rejects.toSatisfy(isClosed);
    await hypervisor.signalDaemon("SIGKILL");
    await waiting;
    expect(await connection.closed).toBeInstanceOf(ConnectionError);
    expect(await closed).toEqual([expect.any(ConnectionError)]);
    await expect(domain.getState()).rejects.toSatisfy(isClosed);
    // While the dead daemon's socket is still being taken away, it may accept once more and break.
    await expect(connection.reconnect({ timeout: 1000 })).rejects.toMatchObject({
      name: "ConnectionError",
      code: expect.stringMatching(/unreachable|closed/) as string,
    });

    await hypervisor.startDaemon();
    await Promise.all([connection.reconnect(), connection.reconnect()]);
    expect((await domain.getState()).state).toBe(DomainState.SHUTOFF);
    await domain.undefine();
    await connection.listAllDomains();
    expect(heard).toEqual([LifecycleEvent.UNDEFINED]);
    const closedAgain = once(emitter, "close");
    await connection.close();
    expect(await closedAgain).toEqual([undefined]);
    await emitter.close();
    await connection.reconnect();
  });

  it("notices that a daemon has stopped answering", async () => {
    const watchful = await Connection.open(hypervisor.uri, { keepalive: { interval: 50, count: 3 } });
    await hypervisor.signalDaemon("SIGSTOP");
    expect(await watchful.closed).toMatchObject({ name: "ConnectionError", code: "timeout" });
    await hypervisor.signalDaemon("SIGCONT");
    await watchful.reconnect();
    expect(await watchful.getType()).toBe("QEMU");
    await watchful.close();
  });

  it("is not held up by a QEMU that hangs, and can end it over the same connection", async () => {
    const domain = await connection.domainCreateXml(machine("stuck", UUID));
    const pid = await outsidePid(
      hypervisor.pid,
      Number(await readFile(`${hypervisor.directory}/run/libvirt/qemu/stuck.pid`, "utf8")),
    );
    process.kill(pid, "SIGSTOP");
    // More calls than the daemon serves at a time: each would wait for QEMU's monitor.
    const calls = Array.from({ length: 12 }, () => domain.monitorCommand("{}", 0, { timeout: 500 }));
    for (const result of await Promise.allSettled(calls))
      expect(result).toMatchObject({ status: "rejected", reason: { code: "timeout" } });
    expect((await domain.getState(0, { timeout: 5000 })).state).toBe(DomainState.RUNNING);
    await domain.destroy(0, { timeout: 60_000 });
    await expect(connection.domainLookupByUuid(UUID)).rejects.toMatchObject({ name: "LibvirtError" });
    expect(await connection.getType({ timeout: 5000 })).toBe("QEMU");
  });

  it("leaks nothing in 1,000 rounds", async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const round = async (): Promise<void> => {
      const one = await Connection.open(hypervisor.uri);
      const subscription = await one.subscribe("domain-lifecycle", () => undefined);
      await one.listAllDomains();
      await subscription.unsubscribe();
      await one.close();
    };
    const state = async (): Promise<{ files: number; timers: number; heap: number }> => {
      collect();
      const timers = process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
      return { files: (await readdir("/proc/self/fd")).length, timers, heap: process.memoryUsage().heapUsed };
    };
    for (let count = 0; count < 100; count += 1) await round();
    const before = await state();
    for (let count = 0; count < 1000; count += 10) await Promise.all(Array.from({ length: 10 }, round));
    const after = await state();
    expect(after.files).toBeLessThanOrEqual(before.files);
    expect(after.timers).toBeLessThanOrEqual(before.timers);
    // A thousand connections that were kept would hold some 10 MB.
    expect(after.heap - before.heap).toBeLessThan(3_000_000);
  });
});
