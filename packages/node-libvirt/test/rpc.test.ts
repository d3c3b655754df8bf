import { Duplex } from "node:stream";
import { describe, expect, it } from "vitest";
import { LibvirtError } from "node-libvirt";
import { encodePacket, PacketParser, PacketStatus, PacketType, type Packet } from "../src/protocol/packet.js";
import { PROGRAM_KEEPALIVE, PROGRAM_REMOTE, procedures } from "../src/protocol/procedures.js";
import { error as errorStructure } from "../src/protocol/structures.js";
import { XdrWriter } from "../src/protocol/xdr.js";
import { RpcClient } from "../src/rpc/client.js";
import { DownloadStream } from "../src/rpc/stream.js";

/** The daemon's side of a connection in memory: what the client sent, and a way to send anything at all. */
class FakeDaemon extends Duplex {
  readonly received: Packet[] = [];
  readonly #parser = new PacketParser();
  onPacket: (packet: Packet) => void = () => undefined;

  override _read(): void {
    // Everything is pushed as it comes.
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    for (const packet of this.#parser.push(chunk)) {
      this.received.push(packet);
      this.onPacket(packet);
    }
    callback();
  }
  reply(call: Packet, payload: Buffer, over: Partial<Packet> = {}): void {
    this.push(
      encodePacket({
        program: call.program,
        procedure: call.procedure,
        type: PacketType.REPLY,
        serial: call.serial,
        status: PacketStatus.OK,
        payload,
        ...over,
      }),
    );
  }
}

function text(value: string): Buffer {
  const writer = new XdrWriter();
  writer.string(value);
  return Buffer.from(writer.bytes());
}

function connect(timeout = 1000): { daemon: FakeDaemon; rpc: RpcClient; messages: Packet[] } {
  const daemon = new FakeDaemon();
  const messages: Packet[] = [];
  const rpc = new RpcClient(daemon, { timeout, onMessage: (packet) => messages.push(packet) });
  return { daemon, rpc, messages };
}

const getType = (rpc: RpcClient, options = {}) =>
  rpc.call("CONNECT_GET_TYPE", procedures.CONNECT_GET_TYPE, {}, options);

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
      const bytes = Buffer.concat(
        daemon.received.map((call) =>
          encodePacket({
            program: call.program,
            procedure: call.procedure,
            type: PacketType.REPLY,
            serial: call.serial,
            status: PacketStatus.OK,
            payload: text("QEMU"),
          }),
        ),
      );
      for (let at = 0; at < bytes.length; at += size) daemon.push(bytes.subarray(at, at + size));
      expect(await Promise.all(calls)).toEqual([{ type: "QEMU" }, { type: "QEMU" }]);
      rpc.close();
    }
  });

  it("keeps calls beyond the daemon's limit back until replies make room", async () => {
    const { daemon, rpc } = connect();
    const calls = Array.from({ length: 10 }, () => getType(rpc));
    expect(daemon.received).toHaveLength(4);
    daemon.onPacket = (call) => daemon.reply(call, text("x"));
    for (const call of [...daemon.received]) daemon.reply(call, text("x"));
    expect(await Promise.all(calls)).toHaveLength(10);
    rpc.close();
  });

  it("gives the daemon's error with code, domain and procedure", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = (call) => {
      const writer = new XdrWriter();
      errorStructure.write(writer, {
        code: 42,
        domain: 10,
        message: "no domain",
        level: 2,
        dom: undefined,
        str1: undefined,
        str2: undefined,
        str3: undefined,
        int1: -1,
        int2: -1,
        net: undefined,
      });
      daemon.reply(call, Buffer.from(writer.bytes()), { status: PacketStatus.ERROR });
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

  it("survives 10,000 rounds of random bytes: every call settles", async () => {
    let seed = 20261121;
    const random = (below: number): number => {
      seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
      return seed % below;
    };
    for (let round = 0; round < 10_000; round += 1) {
      const { daemon, rpc } = connect(50);
      const call = getType(rpc).then(
        () => "answered",
        () => "failed",
      );
      const valid = encodePacket({
        program: PROGRAM_REMOTE,
        procedure: 3,
        type: random(8),
        serial: random(3),
        status: random(4),
        payload: Buffer.from(Array.from({ length: random(40) }, () => random(256))),
      });
      const bytes = random(2) === 0 ? valid : Buffer.from(Array.from({ length: random(80) }, () => random(256)));
      daemon.push(bytes);
      daemon.push(null);
      expect(["answered", "failed"]).toContain(await call);
      rpc.close();
    }
  });
});

describe("DownloadStream", () => {
  it("gives the data, confirms the end and ends", async () => {
    const { daemon, rpc } = connect();
    daemon.onPacket = (packet) => {
      const stream = {
        program: packet.program,
        procedure: packet.procedure,
        type: PacketType.STREAM,
        serial: packet.serial,
      };
      if (packet.type === PacketType.CALL) {
        daemon.reply(packet, Buffer.alloc(0));
        for (const payload of [Buffer.from("one "), Buffer.from("two"), Buffer.alloc(0)])
          daemon.push(encodePacket({ ...stream, status: PacketStatus.CONTINUE, payload }));
      } else if (packet.status === PacketStatus.OK)
        daemon.push(encodePacket({ ...stream, status: PacketStatus.OK, payload: Buffer.alloc(0) }));
    };
    const { sink } = await rpc.openStream(
      "STORAGE_VOL_DOWNLOAD",
      procedures.STORAGE_VOL_DOWNLOAD,
      { vol: { pool: "p", name: "v", key: "k" }, offset: 0n, length: 0n, flags: 0 },
      (wire) => new DownloadStream(wire, "STORAGE_VOL_DOWNLOAD"),
    );
    const chunks: Buffer[] = [];
    for await (const chunk of sink) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe("one two");
    rpc.close();
  });
});
