import { consoleHub, openConsole, type ConsoleState, type ConsoleViewer } from "@labscape/lab";
import { Connection, type Domain } from "node-libvirt";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { labIdentity, resourceUuid } from "../../../packages/lab/src/identity/index.js";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { defineGuest, Listener, testPool } from "./guest.js";

const reason = await canRunHypervisor();

describe.skipIf(reason !== undefined)(`consoles${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let connection: Connection;
  /** Another program on the same hypervisor. */
  let stranger: Connection;
  let domain: Domain;
  const viewers: ConsoleViewer[] = [];

  useHypervisor((started) => ({ hypervisor, connection } = started));
  beforeAll(async () => {
    stranger = await Connection.open(hypervisor.uri);
    await testPool(connection);
    domain = await defineGuest(connection, "talker");
  });

  afterEach(() => {
    for (const viewer of viewers.splice(0)) viewer.destroy();
  });
  afterAll(async () => {
    await stranger.close();
  });

  async function view(
    from = connection,
    takeOver = false,
  ): Promise<{ viewer: ConsoleViewer; listener: Listener; states: ConsoleState[] }> {
    const states: ConsoleState[] = [];
    const viewer = await consoleHub(from, domain.uuid).attach({ takeOver, onState: (state) => states.push(state) });
    viewers.push(viewer);
    return { viewer, listener: new Listener(viewer), states };
  }

  it("begin with the firmware's first words at power-on, for a viewer who was there before", async () => {
    const { viewer, listener, states } = await view();
    expect(viewer.state).toBe("stopped");
    await domain.create();
    await listener.heard(/guest ready/);
    expect(states).toEqual(["attached"]);
    expect(listener.text).toMatch(/^[^\n]*SeaBIOS/);
    expect(listener.text.match(/SeaBIOS/g)).toHaveLength(1);
  });

  it("give a late viewer everything since power-on, once", async () => {
    const { listener } = await view();
    await listener.heard(/guest ready/);
    expect(listener.text).toMatch(/^[^\n]*SeaBIOS/);
    expect(listener.text.match(/SeaBIOS/g)).toHaveLength(1);
    expect(listener.text.match(/guest ready/g)).toHaveLength(1);
  });

  it("are shared by two viewers, and go on when one of them leaves", async () => {
    const [one, two] = [await view(), await view()];
    one.viewer.write("echo one-$((1 + 1))\n");
    await Promise.all([one.listener.heard(/one-2/), two.listener.heard(/one-2/)]);
    one.viewer.destroy();
    two.viewer.write("echo two-$((1 + 1))\n");
    await two.listener.heard(/two-2/);
    expect(one.listener.text).not.toContain("two-2");
    expect(await domain.isActive()).toBe(true);
  });

  it("can be closed and opened again at once, with what was said before", async () => {
    for (let round = 0; round < 5; round++) {
      const { viewer, listener } = await view();
      viewer.write(`echo round-${round}-$((40 + 2))\n`);
      await listener.heard(new RegExp(`round-${round}-42`));
      expect(listener.text).toContain(round === 0 ? "SeaBIOS" : `round-${round - 1}-42`);
      viewer.destroy();
    }
  });

  it("tell when another program has them, and can be taken over and back", async () => {
    const first = await view();
    await expect(view(stranger)).rejects.toMatchObject({ code: "console-busy" });

    const other = await view(stranger, true);
    await vi.waitFor(() => expect(first.states).toEqual(["taken-over"]), { timeout: 30_000 });
    other.viewer.write("echo theirs-$((1 + 1))\n");
    await other.listener.heard(/theirs-2/);
    // A viewer who comes now is told so too.
    await expect(view()).rejects.toMatchObject({ code: "console-busy" });

    const seen = first.listener.text;
    await first.viewer.takeOver();
    await vi.waitFor(() => expect(other.states).toEqual(["taken-over"]), { timeout: 30_000 });
    expect(first.states).toEqual(["taken-over", "attached"]);
    // What was said meanwhile is made up for, and nothing comes twice.
    await first.listener.heard(/theirs-2/);
    expect(first.listener.text.slice(0, seen.length)).toBe(seen);
    expect(first.listener.text.match(/SeaBIOS/g)).toHaveLength(1);
  });

  it("survive a reboot of the guest", async () => {
    const { listener, states } = await view();
    await listener.heard(/guest ready/);
    listener.clear();
    await domain.reset();
    await listener.heard(/SeaBIOS[\s\S]*guest ready/);
    expect(states).toEqual([]);
  });

  it("come back by themselves when the node starts again", async () => {
    const { viewer, listener, states } = await view();
    await listener.heard(/guest ready/);
    await domain.destroy();
    await vi.waitFor(() => expect(states).toEqual(["stopped"]), { timeout: 30_000 });
    viewer.write("typed at nothing\n");
    listener.clear();
    await domain.create();
    await listener.heard(/guest ready/);
    expect(states).toEqual(["stopped", "attached"]);
    expect(listener.text.match(/SeaBIOS/g)).toHaveLength(1);
    expect(listener.text).not.toContain("typed at nothing");
  });

  it("are opened by the names of lab and node, which may not be there", async () => {
    const host = { connection, owner: "tester" };
    await expect(openConsole(host, { lab: "none", node: "r1" })).rejects.toMatchObject({ code: "node-not-deployed" });
    const signal = AbortSignal.abort();
    await expect(openConsole(host, { lab: "none", node: "r1", signal })).rejects.toMatchObject({ code: "cancelled" });
    const named = await defineGuest(connection, "first.r1", {
      uuid: resourceUuid(labIdentity("tester", "first"), "node/r1"),
    });
    const viewer = await openConsole(host, { lab: "first", node: "r1" });
    viewers.push(viewer);
    expect(viewer.state).toBe("stopped");
    await named.undefine();
  });

  it("say that the connection was lost", async () => {
    const own = await Connection.open(hypervisor.uri);
    const { viewer } = await view(own, true);
    const lost = new Promise((resolve) => viewer.on("error", resolve));
    await own.close();
    expect(await lost).toMatchObject({ code: "connection-lost" });
  });
});
