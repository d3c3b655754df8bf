import { Duplex } from "node:stream";
import { encodePacket, PacketParser, PacketStatus, PacketType, type Packet } from "../src/protocol/packet.js";
import { error as errorStructure } from "../src/protocol/structures.js";
import { procedures } from "../src/protocol/procedures.js";
import { XdrWriter } from "../src/protocol/xdr.js";
import { RpcClient } from "../src/rpc/client.js";

type Outgoing = Omit<Packet, "version">;

/** The daemon's side of a connection in memory: what the client sent, and a way to send anything at all. */
export class FakeDaemon extends Duplex {
  readonly received: Packet[] = [];
  /** Sizes of what the client wrote, in order: a packet each, or several together. */
  readonly writes: number[] = [];
  readonly #parser = new PacketParser();
  readonly #waiting = new Set<() => void>();
  #stalled: (() => void)[] | undefined;
  onPacket: (packet: Packet) => void = () => undefined;

  override _read(): void {
    // Everything is pushed as it comes.
  }
  override _writev(chunks: { chunk: Buffer }[], callback: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "buffer", callback);
  }
  override _write(chunk: Buffer, _encoding: BufferEncoding | "buffer", callback: () => void): void {
    // As with a real socket, nothing is answered before the writer's turn is over.
    const take = (): void => {
      this.#take(chunk);
      callback();
    };
    if (this.#stalled === undefined) queueMicrotask(take);
    else this.#stalled.push(take);
  }

  /** Takes nothing more that the client sends, until `flow`. */
  stall(): void {
    this.#stalled = [];
  }
  flow(): void {
    const held = this.#stalled ?? [];
    this.#stalled = undefined;
    for (const take of held) take();
  }

  /** Settles when the client has sent so many packets. */
  async packets(count: number): Promise<readonly Packet[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.received;
  }

  reply(call: Packet, payload: Buffer, over: Partial<Packet> = {}): void {
    this.push(encodePacket(replyTo(call, payload, over)));
  }

  #take(bytes: Buffer): void {
    this.writes.push(bytes.length);
    for (const packet of this.#parser.push(bytes)) {
      this.received.push(packet);
      this.onPacket(packet);
    }
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

export function replyTo(call: Packet, payload: Buffer, over: Partial<Packet> = {}): Outgoing {
  const { program, procedure, serial } = call;
  return { program, procedure, type: PacketType.REPLY, serial, status: PacketStatus.OK, payload, ...over };
}

export function text(value: string): Buffer {
  const writer = new XdrWriter();
  writer.string(value);
  return Buffer.from(writer.bytes());
}

/** An Error of libvirt as it travels. */
export function libvirtError(code: number, domain: number, message: string): Buffer {
  const writer = new XdrWriter();
  const nothing = { dom: undefined, str1: undefined, str2: undefined, str3: undefined, net: undefined };
  errorStructure.write(writer, { code, domain, message, level: 2, int1: -1, int2: -1, ...nothing });
  return Buffer.from(writer.bytes());
}

export interface FakeConnection {
  readonly daemon: FakeDaemon;
  readonly rpc: RpcClient;
  readonly messages: Packet[];
}

/** @param timeout milliseconds, of each call */
export function connect(timeout = 1000, writing: "together" | "apart" = "together"): FakeConnection {
  const daemon = new FakeDaemon();
  const messages: Packet[] = [];
  const rpc = new RpcClient(daemon, { timeout, writing });
  rpc.onMessage = (packet) => messages.push(packet);
  return { daemon, rpc, messages };
}

/** A call with one string as its answer. */
export function getType(rpc: RpcClient, options = {}): Promise<{ readonly type: string }> {
  return rpc.call("CONNECT_GET_TYPE", procedures.CONNECT_GET_TYPE, {}, options);
}
