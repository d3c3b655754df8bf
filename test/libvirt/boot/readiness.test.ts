import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import type { DeviceModel } from "@labscape/devices";
import { consoleHub, waitReady, type ReadyTarget } from "@labscape/lab";
import { Connection, type Domain } from "node-libvirt";
import { afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { modelOf, nodeOf } from "../../../packages/lab/test/nodes.js";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { defineGuest, Listener, testPool } from "./guest.js";

const reason = await canRunHypervisor();
const tiny = modelOf("tiny_linux");
const never: DeviceModel = { ...tiny, readiness: { ...tiny.readiness, pattern: "never said" } };
const byAgent: DeviceModel = { ...tiny, readiness: { method: "agent", timeout: 60, typical: 3 } };
const byPort: DeviceModel = { ...tiny, readiness: { method: "tcp", timeout: 60, typical: 3 } };

describe.skipIf(reason !== undefined)(`readiness${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let connection: Connection;
  let domain: Domain;
  const phases: string[] = [];

  useHypervisor((started) => ({ hypervisor, connection } = started));
  beforeAll(async () => {
    await testPool(connection);
    domain = await defineGuest(connection, "riser");
  });

  afterEach(async () => {
    if (await domain.isActive()) await domain.destroy();
    phases.length = 0;
  });

  function wait(
    model: DeviceModel,
    options: { timeout?: number; signal?: AbortSignal; onPhase?: (phase: string) => void } = {},
    changes: Partial<ReadyTarget> = {},
  ): Promise<void> {
    const host = { uri: hypervisor.uri, mode: "system", local: true, connection } as const;
    const consoleLog = { pool: "boot-test", volume: "riser.console.log" };
    const target = { host, domain, node: nodeOf(model), consoleLog, ...changes };
    const {
      timeout = 60,
      signal = new AbortController().signal,
      onPhase = (phase: string) => phases.push(phase),
    } = options;
    return waitReady(target, { timeout, signal, onPhase });
  }

  it("shows by words on the console", async () => {
    await domain.create();
    await wait(tiny);
    expect(phases.length).toBeGreaterThan(0);
    expect(phases.join("\n")).not.toMatch(/\p{Cc}(?<!\n)/u);
  });

  it("shows at once for a node that was ready before anybody looked", async () => {
    await domain.create();
    await wait(tiny);
    const other = await Connection.open(hypervisor.uri);
    const host = { uri: hypervisor.uri, mode: "system", local: true, connection: other } as const;
    await wait(tiny, { timeout: 5 }, { host });
    await other.close();
  });

  it("shows by the console's log while another program has the console", async () => {
    await domain.create();
    const stranger = await Connection.open(hypervisor.uri);
    const viewer = await consoleHub(stranger, domain.uuid).attach();
    await wait(tiny);
    // It was not taken away from there.
    const listener = new Listener(viewer);
    viewer.write("echo still-$((1 + 1))\n");
    await listener.heard(/still-2/);
    expect(viewer.state).toBe("attached");
    await stranger.close();
    await once(viewer, "error");
  });

  it("goes on by the log when another program takes the console over", async () => {
    await domain.create();
    const stranger = await Connection.open(hypervisor.uri);
    let taken: Promise<unknown> | undefined;
    await wait(tiny, {
      onPhase: () => {
        taken ??= consoleHub(stranger, domain.uuid)
          .attach({ takeOver: true })
          .then((viewer) => viewer.on("error", () => undefined));
      },
    });
    await taken;
    await stranger.close();
  });

  it("shows by a port, with phases from the console meanwhile", async () => {
    await domain.create();
    const server = createServer((socket) => socket.end());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    let isOpen = false;
    await wait(
      byPort,
      {
        onPhase: () => {
          if (!isOpen) server.listen(port, "127.0.0.1");
          isOpen = true;
        },
      },
      { address: "127.0.0.1", node: nodeOf(byPort, { readyPort: port }) },
    );
    expect(isOpen).toBe(true);
    server.close();
  });

  it("shows by the guest agent when it connects, and when it had connected before", async () => {
    const agent = "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>";
    const guest = await defineGuest(connection, "agent", { devices: agent });
    onTestFinished(() => guest.destroy());
    await guest.create();
    const viewer = await consoleHub(connection, guest.uuid).attach();
    const listener = new Listener(viewer);
    await listener.heard(/guest ready/);
    await expect(wait(byAgent, { timeout: 1 }, { domain: guest })).rejects.toMatchObject({ code: "not-ready" });

    // An agent has connected, to libvirt, when a program in the guest has the port open.
    const waiting = wait(byAgent, {}, { domain: guest });
    viewer.write("sleep 1000 <>$(ls /dev/vport*p1) &\n");
    await waiting;
    await wait(byAgent, { timeout: 5 }, { domain: guest });
    viewer.destroy();
  });

  it("fails at once when the node stops", async () => {
    await domain.create();
    const started = performance.now();
    const waiting = wait(never, { onPhase: () => void domain.destroy() });
    await expect(waiting).rejects.toMatchObject({
      code: "not-ready",
      message: expect.stringContaining("powered off") as unknown,
    });
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("fails at once for a node that is off", async () => {
    await expect(wait(tiny)).rejects.toMatchObject({ code: "not-ready" });
  });

  it("fails when its time is over, with the last words", async () => {
    await domain.create();
    await wait(tiny);
    const waiting = wait(never, { timeout: 1 });
    await expect(waiting).rejects.toMatchObject({
      code: "not-ready",
      message: expect.stringMatching(/within 1 s; the last line on its console: \S/) as unknown,
      mend: expect.stringContaining("labscape console r1") as unknown,
    });
  });

  it("can be cancelled", async () => {
    await domain.create();
    const controller = new AbortController();
    const waiting = wait(never, { signal: controller.signal, onPhase: () => controller.abort() });
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
  });
});
