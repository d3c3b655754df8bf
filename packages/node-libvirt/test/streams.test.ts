import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import { encodePacket, PacketStatus, PacketType, type Packet } from "../src/protocol/packet.js";
import { procedures } from "../src/protocol/procedures.js";
import { streamHole } from "../src/protocol/structures.js";
import { XdrReader, XdrWriter } from "../src/protocol/xdr.js";
import { ConsoleStream, DownloadStream, UploadStream } from "../src/rpc/stream.js";
import type { RpcClient } from "../src/rpc/client.js";
import { connect, libvirtError, type FakeDaemon } from "./fake-daemon.js";

const { CALL, STREAM, STREAM_HOLE } = PacketType;
const { OK, ERROR, CONTINUE } = PacketStatus;
const NOTHING = Buffer.alloc(0);
const vol = { pool: "p", name: "v", key: "k" };
const dom = { name: "d", uuid: "6f9619ff-8b86-d011-b42d-00cf4fc964ff", id: 1 };

async function download(rpc: RpcClient): Promise<DownloadStream> {
  const name = "STORAGE_VOL_DOWNLOAD";
  const args = { vol, offset: 0n, length: 0n, flags: 0 };
  return (await rpc.openStream(name, procedures[name], args, (wire) => new DownloadStream(wire, name))).sink;
}
async function upload(rpc: RpcClient, sparse: boolean): Promise<UploadStream> {
  const name = "STORAGE_VOL_UPLOAD";
  const args = { vol, offset: 0n, length: 0n, flags: sparse ? 1 : 0 };
  return (await rpc.openStream(name, procedures[name], args, (wire) => new UploadStream(wire, name, sparse))).sink;
}
async function openConsole(rpc: RpcClient): Promise<ConsoleStream> {
  const name = "DOMAIN_OPEN_CONSOLE";
  const args = { dom, devName: undefined, flags: 0 };
  return (await rpc.openStream(name, procedures[name], args, (wire) => new ConsoleStream(wire, name))).sink;
}

/** Answers calls, and confirms the end of a stream. */
function agreeable(daemon: FakeDaemon): void {
  daemon.onPacket = (packet) => {
    if (packet.type === CALL) daemon.reply(packet, NOTHING);
    else if (packet.type === STREAM && packet.status === OK) send(daemon, packet, OK, NOTHING);
  };
}
function send(daemon: FakeDaemon, to: Packet, status: number, payload: Buffer, type: number = STREAM): void {
  const { program, procedure, serial } = to;
  daemon.push(encodePacket({ program, procedure, serial, type, status, payload }));
}
function hole(length: bigint): Buffer {
  const writer = new XdrWriter();
  streamHole.write(writer, { length, flags: 0 });
  return Buffer.from(writer.bytes());
}
async function all(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("DownloadStream", () => {
  it("gives the data, with holes as zeros, confirms the end and ends", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await download(rpc);
    const [call] = daemon.received;
    if (call === undefined) throw new Error("no call");
    send(daemon, call, CONTINUE, Buffer.from("one "));
    send(daemon, call, CONTINUE, hole(3_000_000n), STREAM_HOLE);
    send(daemon, call, CONTINUE, hole(0n), STREAM_HOLE);
    send(daemon, call, CONTINUE, Buffer.from("two"));
    send(daemon, call, CONTINUE, NOTHING);
    const data = await all(stream);
    expect(data.length).toBe(3_000_007);
    expect(data.toString("latin1").replaceAll("\0", "")).toBe("one two");
    rpc.close();
  });

  it("holds the connection back for a slow reader without giving the daemon up, and loses nothing", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await download(rpc);
    const [call] = daemon.received;
    if (call === undefined) throw new Error("no call");
    rpc.startKeepalive({ interval: 5, count: 2 });
    const piece = Buffer.alloc(256 * 1024, 1);
    for (let count = 0; count < 100; count += 1) send(daemon, call, CONTINUE, piece);
    await vi.waitUntil(() => daemon.isPaused());
    // More pings than would otherwise end the connection.
    const pings = daemon.received.length + 10;
    await daemon.packets(pings);
    expect(rpc.open).toBe(true);
    rpc.onMessage = () => undefined;
    send(daemon, call, CONTINUE, NOTHING);
    expect((await all(stream)).length).toBe(100 * piece.length);
    expect(daemon.isPaused()).toBe(false);
    rpc.close();
  });

  it("is ended at once when it was opened too late", async () => {
    const { daemon, rpc } = connect(20);
    await expect(download(rpc)).rejects.toMatchObject({ code: "timeout" });
    const [call] = daemon.received;
    if (call !== undefined) daemon.reply(call, NOTHING);
    expect((await daemon.packets(2)).at(-1)).toMatchObject({ type: STREAM, status: ERROR });
    rpc.close();
  });

  it("tells the daemon when the reader leaves", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await download(rpc);
    stream.destroy();
    expect((await daemon.packets(2)).at(-1)).toMatchObject({ type: STREAM, status: ERROR });
    rpc.close();
  });

  it("fails with the daemon's reason", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await download(rpc);
    const [call] = daemon.received;
    if (call !== undefined) send(daemon, call, ERROR, libvirtError(38, 18, "disk broken"));
    await expect(all(stream)).rejects.toMatchObject({ code: 38, message: "disk broken" });
    rpc.close();
  });
});

describe("UploadStream", () => {
  it("sends pieces of at most 256 KiB, and leaves zeros out where asked to", async () => {
    for (const sparse of [false, true]) {
      const { daemon, rpc } = connect();
      agreeable(daemon);
      const stream = await upload(rpc, sparse);
      stream.write(Buffer.alloc(300 * 1024, 1));
      stream.write(Buffer.alloc(256 * 1024));
      stream.end(Buffer.from("end"));
      await once(stream, "finish");
      const sent = daemon.received.slice(1, -1);
      expect(sent.map(({ type, payload }) => [type, type === STREAM ? payload.length : lengthOf(payload)])).toEqual([
        [STREAM, 256 * 1024],
        [STREAM, 44 * 1024],
        sparse ? [STREAM_HOLE, 256 * 1024] : [STREAM, 256 * 1024],
        [STREAM, 3],
      ]);
      rpc.close();
    }
  });

  it("makes the writer wait while the daemon takes nothing", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await upload(rpc, false);
    daemon.stall();
    let written = 0;
    while (stream.write(Buffer.alloc(64 * 1024, 1))) written += 1;
    expect(written).toBeLessThan(20);
    daemon.flow();
    await once(stream, "drain");
    stream.end();
    await once(stream, "finish");
    rpc.close();
  });
});

describe("ConsoleStream", () => {
  it("carries both ways and ends with the domain", async () => {
    const { daemon, rpc } = connect();
    agreeable(daemon);
    const stream = await openConsole(rpc);
    const [call] = daemon.received;
    if (call === undefined) throw new Error("no call");
    stream.write("ls\n");
    expect((await daemon.packets(2)).at(-1)?.payload.toString()).toBe("ls\n");
    send(daemon, call, CONTINUE, Buffer.from("bin\n"));
    send(daemon, call, OK, NOTHING);
    expect((await all(stream)).toString()).toBe("bin\n");
    rpc.close();
  });
});

function lengthOf(payload: Buffer): number {
  return Number(streamHole.read(new XdrReader(payload)).length);
}

describe("a stream that is being opened", () => {
  it("fails by its call alone when the connection ends: nobody has it yet", async () => {
    const { daemon, rpc } = connect();
    const name = "STORAGE_VOL_UPLOAD";
    const heard = vi.fn();
    const opening = rpc.openStream(name, procedures[name], { vol, offset: 0n, length: 0n, flags: 0 }, (wire) =>
      new UploadStream(wire, name, false).on("error", heard),
    );
    await daemon.packets(1);
    daemon.push(null);
    await expect(opening).rejects.toMatchObject({ code: "closed" });
    await rpc.closed;
    await new Promise(setImmediate);
    expect(heard).not.toHaveBeenCalled();
  });
});
