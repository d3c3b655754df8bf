import type { Duplex } from "node:stream";
import { ConnectionError } from "../errors.js";
import type { Fields, Struct } from "../protocol/codec.js";
import {
  encodePacket,
  HEADER,
  headerOf,
  PacketParser,
  putHeader,
  PacketStatus,
  PacketType,
  type Packet,
} from "../protocol/packet.js";
import { PROGRAM_KEEPALIVE, type Procedure } from "../protocol/procedures.js";
import { streamHole } from "../protocol/structures.js";
import { ProtocolError, XdrReader, XdrWriter } from "../protocol/xdr.js";
import { Keepalive, KEEPALIVE_DEFAULTS, KEEPALIVE_PING, KEEPALIVE_PONG } from "./keepalive.js";
import { aborted, decode, readError, toError } from "./failures.js";
import { Outbox, type Writing } from "./outbox.js";
import { PendingCall, type CallOptions, type Outcome } from "./pending.js";
import { Window } from "./window.js";
import type { StreamSink, StreamWire } from "./wire.js";

const NOTHING = Buffer.alloc(0);
/** Payloads below this, in bytes, are copied behind their header. */
const COPIED = 4096;

/** Calls, streams and messages over one byte stream to a libvirt daemon. Knows packets, not libvirt's objects. */
export class RpcClient {
  readonly #socket: Duplex;
  readonly #outbox: Outbox;
  readonly #parser = new PacketParser();
  readonly #pending = new Map<number, PendingCall>();
  readonly #streams = new Map<number, StreamSink>();
  readonly #window = new Window();
  readonly #timeout: number;
  readonly #keepalive: Keepalive;
  #serial = 0;
  /** Makes the error for what is asked of an ended connection. An error costs as much as a call: a good-bye makes none. */
  #end: (() => ConnectionError) | undefined;
  #settleClosed: (reason: Error | undefined) => void = () => undefined;
  #pausedBy = 0;

  /** Gets every message that the daemon sends by itself. */
  onMessage: (packet: Packet) => void = () => undefined;

  /** Settles when the connection has ended: with the reason, or with undefined after `close()`. Never rejects. */
  readonly closed: Promise<Error | undefined>;

  /**
   * @param socket takes and gives the bytes; owned by the client from now on.
   * @param options.timeout default deadline of a call, milliseconds.
   * @param options.writing how packets are written, "together" where absent.
   */
  constructor(
    socket: Duplex,
    options: {
      readonly timeout: number;
      readonly writing?: Writing;
    },
  ) {
    this.#socket = socket;
    this.#outbox = new Outbox(socket, options.writing ?? "together");
    this.#timeout = options.timeout;
    this.closed = new Promise((resolve) => (this.#settleClosed = resolve));
    this.#keepalive = new Keepalive({
      ping: () => this.#sendKeepalive(KEEPALIVE_PING),
      deaf: () => this.#pausedBy > 0,
      dead: (seconds) =>
        this.#fail(() => new ConnectionError("timeout", `the libvirt daemon has not answered for ${seconds} s`)),
    });
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", (cause) =>
      this.#fail(() =>
        cause instanceof ConnectionError
          ? cause
          : new ConnectionError("closed", `the connection to libvirt broke: ${cause.message}`, { cause }),
      ),
    );
    const closedByPeer = (): ConnectionError =>
      new ConnectionError("closed", "the libvirt daemon closed the connection");
    socket.on("close", () => this.#fail(closedByPeer));
    socket.on("end", () => this.#fail(closedByPeer));
  }

  get open(): boolean {
    return this.#end === undefined;
  }

  /** Starts pinging; only after the daemon has said that it understands keepalive. */
  startKeepalive(options = KEEPALIVE_DEFAULTS): void {
    if (this.#end === undefined) this.#keepalive.start(options);
  }

  /** Ends the connection; everything that waits fails with a ConnectionError "closed". */
  close(): void {
    this.#fail(() => new ConnectionError("closed", "the connection was closed"), true);
  }

  /** One call: arguments out, results back. Rejects with LibvirtError or ConnectionError. */
  call<A extends Fields, R extends Fields>(
    name: string,
    procedure: Procedure<A, R>,
    args: Struct<A>,
    options: CallOptions = {},
  ): Promise<Struct<R>> {
    return new Promise((resolve, fail) => {
      const reply = (payload: Buffer): void => resolve(decode(procedure.results, payload, name));
      this.#request(name, procedure, args, options, this.#nextSerial(), { reply, fail });
    });
  }

  /**
   * A call that opens a stream: `makeSink` is given the way to send, and its sink takes what arrives from the very first packet on.
   */
  openStream<A extends Fields, R extends Fields, S extends StreamSink>(
    name: string,
    procedure: Procedure<A, R>,
    args: Struct<A>,
    makeSink: (wire: StreamWire) => S,
    options: CallOptions = {},
  ): Promise<{ readonly sink: S; readonly results: Struct<R> }> {
    const serial = this.#nextSerial();
    const wire = this.#wire(procedure, serial);
    const sink = makeSink(wire);
    this.#streams.set(serial, sink);
    return new Promise((resolve, reject) =>
      this.#request(name, procedure, args, options, serial, {
        reply: (payload) => resolve({ sink, results: decode(procedure.results, payload, name) }),
        fail: (error) => {
          this.#streams.delete(serial);
          reject(error);
        },
        undo: () => wire.abort(),
      }),
    );
  }

  #nextSerial(): number {
    this.#serial = this.#serial === 0xffffffff ? 1 : this.#serial + 1;
    return this.#serial;
  }

  #wire(procedure: { readonly program: number; readonly number: number }, serial: number): StreamWire {
    const send = (
      status: number,
      payload: Buffer,
      done?: (error?: Error | null) => void,
      type: number = PacketType.STREAM,
    ): void => {
      if (this.#end !== undefined) {
        done?.(this.#end());
        return;
      }
      this.#send({ program: procedure.program, procedure: procedure.number, type, serial, status, payload }, done);
    };
    return {
      data: (payload, done) => send(PacketStatus.CONTINUE, payload, done),
      hole: (length, done) => send(PacketStatus.CONTINUE, writeHole(length), done, PacketType.STREAM_HOLE),
      finish: () => send(PacketStatus.OK, NOTHING),
      abort: () => send(PacketStatus.ERROR, NOTHING),
      forget: () => void this.#streams.delete(serial),
      pause: () => {
        this.#pausedBy += 1;
        this.#socket.pause();
      },
      resume: () => {
        this.#pausedBy -= 1;
        if (this.#pausedBy === 0) this.#socket.resume();
      },
    };
  }

  #request<A extends Fields, R extends Fields>(
    name: string,
    procedure: Procedure<A, R>,
    args: Struct<A>,
    options: CallOptions,
    serial: number,
    outcome: Outcome,
  ): void {
    const { signal, timeout = this.#timeout } = options;
    if (this.#end !== undefined) return outcome.fail(this.#end());
    if (signal?.aborted === true) return outcome.fail(aborted(name, signal));
    const { program, number, quick } = procedure;
    let bytes: Buffer;
    try {
      const writer = new XdrWriter(HEADER);
      procedure.args.write(writer, args);
      const { CALL } = PacketType;
      bytes = putHeader(writer.bytes(), { program, procedure: number, type: CALL, serial, status: PacketStatus.OK });
    } catch (error) {
      return outcome.fail(toError(error));
    }
    const pending = new PendingCall({ name, quick }, signal, timeout, outcome);
    this.#pending.set(serial, pending);
    this.#window.enter(quick, () => {
      if (pending.abandoned) {
        // Never sent: there is no reply to wait for.
        this.#pending.delete(serial);
        return false;
      }
      this.#outbox.send(bytes);
      return true;
    });
  }

  #send(packet: Omit<Packet, "version">, done?: (error?: Error | null) => void): void {
    if (packet.payload.length < COPIED) this.#outbox.send(encodePacket(packet), done);
    else this.#outbox.send(headerOf(packet), done, packet.payload);
  }

  #sendKeepalive(procedure: number): void {
    this.#send({
      program: PROGRAM_KEEPALIVE,
      procedure,
      type: PacketType.MESSAGE,
      serial: 0,
      status: PacketStatus.OK,
      payload: NOTHING,
    });
  }

  #receive(chunk: Buffer): void {
    this.#keepalive.heard();
    try {
      for (const packet of this.#parser.push(chunk)) {
        if (this.#end !== undefined) return;
        this.#dispatch(packet);
      }
    } catch (error) {
      const cause = toError(error);
      this.#fail(
        () =>
          new ConnectionError("protocol", `the peer does not speak libvirt's protocol: ${cause.message}`, { cause }),
      );
    }
  }

  #dispatch(packet: Packet): void {
    if (packet.program === PROGRAM_KEEPALIVE) {
      if (packet.procedure === KEEPALIVE_PING) {
        this.#sendKeepalive(KEEPALIVE_PONG);
      }
      return;
    }
    switch (packet.type) {
      case PacketType.REPLY:
      case PacketType.REPLY_WITH_FDS:
        return this.#reply(packet);
      case PacketType.STREAM:
      case PacketType.STREAM_HOLE:
        return this.#streamPacket(packet);
      case PacketType.MESSAGE:
        return this.onMessage(packet);
      default:
        throw new ProtocolError(`a packet of type ${packet.type}`);
    }
  }

  #reply(packet: Packet): void {
    const pending = this.#pending.get(packet.serial);
    if (pending === undefined) throw new ProtocolError(`a reply to call ${packet.serial}, which is not waiting`);
    this.#pending.delete(packet.serial);
    this.#window.leave(pending.quick);
    if (packet.status === PacketStatus.ERROR) pending.fail(readError(packet.payload, pending.name));
    else pending.succeed(packet.payload);
  }

  #streamPacket(packet: Packet): void {
    const sink = this.#streams.get(packet.serial);
    // Packets of a stream that this side has already left are normal: they crossed our abort.
    if (sink === undefined) return;
    if (packet.type === PacketType.STREAM_HOLE) {
      const { length } = streamHole.read(new XdrReader(packet.payload));
      if (length < 0n) throw new ProtocolError(`a hole of ${length} bytes`);
      sink.hole(length);
      return;
    }
    if (packet.status === PacketStatus.CONTINUE) {
      sink.data(packet.payload);
      return;
    }
    this.#streams.delete(packet.serial);
    if (packet.status === PacketStatus.OK) sink.finished();
    else sink.failed(readError(packet.payload, sink.procedure));
  }

  #fail(end: () => ConnectionError, wanted = false): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#keepalive.stop();
    this.#window.clear();
    this.#socket.destroy();
    const calls = [...this.#pending.values()];
    this.#pending.clear();
    const concernsNobody = wanted && calls.length === 0 && this.#streams.size === 0;
    const error = concernsNobody ? undefined : end();
    if (error !== undefined) {
      for (const call of calls) call.fail(error);
      // Those that were still to be opened went with their calls: nobody has them, so nobody could hear of their failure.
      const streams = [...this.#streams.values()];
      this.#streams.clear();
      for (const sink of streams) sink.failed(error);
    }
    this.#settleClosed(wanted ? undefined : error);
  }
}

function writeHole(length: bigint): Buffer {
  const writer = new XdrWriter();
  streamHole.write(writer, { length, flags: 0 });
  return writer.bytes();
}
