import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { LibvirtError } from "node-libvirt";
import { encodePacket, PacketStatus, PacketType } from "../src/protocol/packet.js";
import { PROGRAM_KEEPALIVE, PROGRAM_REMOTE, procedures } from "../src/protocol/procedures.js";
import { connect, getType, libvirtError, replyTo, text } from "./fake-daemon.js";

describe("RpcClient", () => {
  it("matches replies that come in another order", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = () => {
      if (daemon.received.length === 3)
        for (const call of [...daemon.received].reverse()) daemon.reply(call, text(`reply ${call.serial}`));
    };
    const results = await Promise.all([getType(rpc), getType(rpc), getType(rpc)]);
    expect(results.map(({ type }) => type)).toEqual(["reply 1", "reply 2", "reply 3"]);
    rpc.close();
  });

  it("reads packets however they are split or merged", async () => {
    for (const size of [1, 3, 27, 28, 29, 64]) {
      const { daemon, rpc } = connect();
      const calls = [getType(rpc), getType(rpc)];
      const sent = await daemon.packets(2);
      const bytes = Buffer.concat(sent.map((call) => encodePacket(replyTo(call, text("QEMU")))));
      for (let at = 0; at < bytes.length; at += size) daemon.push(bytes.subarray(at, at + size));
      expect(await Promise.all(calls)).toEqual([{ type: "QEMU" }, { type: "QEMU" }]);
      rpc.close();
    }
  });

  it("writes the calls of one turn together, or each by itself", async () => {
    for (const [writing, expected] of [
      // The first at once, the others after it.
      ["together", 2],
      ["apart", 3],
    ] as const) {
      const { daemon, rpc } = connect(1000, writing);
      daemon.onPacket = (call) => daemon.reply(call, text("QEMU"));
      await Promise.all([getType(rpc), getType(rpc), getType(rpc)]);
      expect(daemon.writes).toHaveLength(expected);
      rpc.close();
    }
  });

  it("keeps calls that may wait for a guest back until replies make room, and lets quick ones pass", async () => {
    const { daemon, rpc } = connect();
    const slow = Array.from({ length: 10 }, () => getType(rpc));
    expect(await daemon.packets(4)).toHaveLength(4);
    const quick = rpc.call("CONNECT_GET_URI", procedures.CONNECT_GET_URI, {});
    expect((await daemon.packets(5)).at(-1)?.procedure).toBe(procedures.CONNECT_GET_URI.number);
    daemon.onPacket = (call) => daemon.reply(call, text("x"));
    for (const call of [...daemon.received]) daemon.reply(call, text("x"));
    expect(await Promise.all(slow)).toHaveLength(10);
    expect(await quick).toEqual({ uri: "x" });
    rpc.close();
  });

  it("keeps even quick calls back beyond a limit, and starts them all in the end", async () => {
    const { daemon, rpc } = connect();
    const calls = Array.from({ length: 200 }, () => rpc.call("CONNECT_GET_URI", procedures.CONNECT_GET_URI, {}));
    expect(await daemon.packets(16)).toHaveLength(16);
    daemon.onPacket = (call) => daemon.reply(call, text("x"));
    for (const call of [...daemon.received]) daemon.reply(call, text("x"));
    expect(await Promise.all(calls)).toHaveLength(200);
    rpc.close();
  });

  it("gives the daemon's error with code, domain and procedure", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = (call) => {
      daemon.reply(call, libvirtError(42, 10, "no domain"), { status: PacketStatus.ERROR });
    };
    const error: unknown = await getType(rpc).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({
      code: 42,
      domain: 10,
      level: 2,
      message: "no domain",
      procedure: "CONNECT_GET_TYPE",
    });
    rpc.close();
  });

  it("drops the reply to a call that timed out, and frees its place", async () => {
    const { daemon, rpc } = connect(20);
    await expect(getType(rpc)).rejects.toMatchObject({ code: "timeout" });
    const [call] = daemon.received;
    if (call !== undefined) daemon.reply(call, text("late"));
    daemon.onPacket = (next) => daemon.reply(next, text("in time"));
    expect(await getType(rpc)).toEqual({ type: "in time" });
    rpc.close();
  });

  it("forgets calls that were cancelled before they were sent, however many", async () => {
    const { daemon, rpc } = connect();
    const abort = new AbortController();
    setMaxListeners(0, abort.signal);
    const first = Array.from({ length: 4 }, () => getType(rpc));
    const cancelled = Array.from({ length: 5_000 }, () => getType(rpc, { signal: abort.signal }));
    const last = getType(rpc);
    abort.abort();
    for (const result of await Promise.allSettled(cancelled))
      expect(result).toMatchObject({ status: "rejected", reason: { code: "aborted" } });
    const sent = [...(await daemon.packets(4))];
    daemon.onPacket = (call) => daemon.reply(call, text("x"));
    for (const call of sent) daemon.reply(call, text("x"));
    await Promise.all([...first, last]);
    expect(daemon.received).toHaveLength(5);
    rpc.close();
  });

  it("answers keepalive pings", () => {
    const { daemon, rpc } = connect();
    daemon.push(
      encodePacket({
        program: PROGRAM_KEEPALIVE,
        procedure: 1,
        type: PacketType.MESSAGE,
        serial: 0,
        status: PacketStatus.OK,
        payload: Buffer.alloc(0),
      }),
    );
    return new Promise<void>((resolve) => {
      daemon.onPacket = (packet) => {
        expect(packet).toMatchObject({ program: PROGRAM_KEEPALIVE, procedure: 2 });
        rpc.close();
        resolve();
      };
    });
  });

  it.each([
    ["a length under the header's", Buffer.from([0, 0, 0, 4])],
    ["a length over the limit", Buffer.from([0xff, 0xff, 0xff, 0xff])],
    [
      "a reply to nothing",
      encodePacket({
        program: PROGRAM_REMOTE,
        procedure: 1,
        type: PacketType.REPLY,
        serial: 99,
        status: PacketStatus.OK,
        payload: Buffer.alloc(0),
      }),
    ],
    [
      "an unknown type",
      encodePacket({
        program: PROGRAM_REMOTE,
        procedure: 1,
        type: 9,
        serial: 1,
        status: PacketStatus.OK,
        payload: Buffer.alloc(0),
      }),
    ],
  ])("ends the connection on %s", async (_what, bytes) => {
    const { daemon, rpc } = connect();
    const call = getType(rpc);
    daemon.push(bytes);
    await expect(call).rejects.toMatchObject({ name: "ConnectionError", code: "protocol" });
    expect(await rpc.closed).toMatchObject({ code: "protocol" });
  });

  it("fails a call whose reply is cut off, and only that one", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = (call) => daemon.reply(call, call.serial === 1 ? Buffer.from([0, 0, 0, 9, 65]) : text("whole"));
    await expect(getType(rpc)).rejects.toMatchObject({ code: "protocol" });
    expect(await getType(rpc)).toEqual({ type: "whole" });
    rpc.close();
  });
});
