import type { Duplex } from "node:stream";
import { ConnectionError } from "../errors.js";
import type { Fields, Struct } from "../protocol/codec.js";
import { encodePacket, PacketParser, PacketStatus, PacketType, type Packet } from "../protocol/packet.js";
import { PROGRAM_KEEPALIVE, type Procedure } from "../protocol/procedures.js";
import { streamHole } from "../protocol/structures.js";
import { ProtocolError, XdrReader, XdrWriter } from "../protocol/xdr.js";
import { Keepalive, KEEPALIVE_DEFAULTS, KEEPALIVE_PING, KEEPALIVE_PONG } from "./keepalive.js";
import { aborted, decode, readError, toError } from "./failures.js";
import { Outbox, type Writing } from "./outbox.js";
import { Window } from "./window.js";
import type { StreamSink, StreamWire } from "./wire.js";

const NOTHING = Buffer.alloc(0);

/** Deadline and cancellation of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call fails with a ConnectionError "timeout"; the connection's own deadline where absent, 0 for none. */
  readonly timeout?: number | undefined;
}

interface Pending {
  readonly name: string;
  readonly quick: boolean;
  readonly resolve: (payload: Buffer) => void;
  readonly reject: (error: Error) => void;
  /** Once the caller has gone (deadline, cancel): the reply, when it comes, frees the slot and is dropped. */
  abandoned: boolean;
  /** Undoes what a reply that came too late has opened. */
  readonly undo: (() => void) | undefined;
}

/** Calls, streams and messages over one byte stream to a libvirt daemon. Knows packets, not libvirt's objects. */
export class RpcClient {
  readonly #socket: Duplex;
  readonly #outbox: Outbox;
  readonly #parser = new PacketParser();
  readonly #pending = new Map<number, Pending>();
  readonly #streams = new Map<
    number,
    { readonly program: number; readonly number: number; readonly sink: StreamSink }
  >();
  readonly #window = new Window();
  readonly #timeout: number;
  readonly #keepalive: Keepalive;
  #serial = 0;
  #end: ConnectionError | undefined;
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
        this.#fail(new ConnectionError("timeout", `the libvirt daemon has not answered for ${seconds} s`)),
    });
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("error", (cause) =>
      this.#fail(
        cause instanceof ConnectionError
          ? cause
          : new ConnectionError("closed", `the connection to libvirt broke: ${cause.message}`, { cause }),
      ),
    );
    socket.on("close", () => this.#fail(new ConnectionError("closed", "the libvirt daemon closed the connection")));
    socket.on("end", () => this.#fail(new ConnectionError("closed", "the libvirt daemon closed the connection")));
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
    this.#fail(new ConnectionError("closed", "the connection was closed"), true);
  }

  /** One call: arguments out, results back. Rejects with LibvirtError or ConnectionError. */
  async call<A extends Fields, R extends Fields>(
    name: string,
    procedure: Procedure<A, R>,
    args: Struct<A>,
    options: CallOptions = {},
  ): Promise<Struct<R>> {
    const payload = await this.#request(name, procedure, args, options, this.#nextSerial(), undefined);
    return decode(procedure.results, payload, name);
  }

  /**
   * A call that opens a stream: `makeSink` is given the way to send, and its sink takes what arrives from the very first packet on.
   */
  async openStream<A extends Fields, R extends Fields, S extends StreamSink>(
    name: string,
    procedure: Procedure<A, R>,
    args: Struct<A>,
    makeSink: (wire: StreamWire) => S,
    options: CallOptions = {},
  ): Promise<{ readonly sink: S; readonly results: Struct<R> }> {
    const serial = this.#nextSerial();
    const wire = this.#wire(procedure, serial);
    const sink = makeSink(wire);
    this.#streams.set(serial, { program: procedure.program, number: procedure.number, sink });
    try {
      const payload = await this.#request(name, procedure, args, options, serial, () => wire.abort());
      return { sink, results: decode(procedure.results, payload, name) };
    } catch (error) {
      this.#streams.delete(serial);
      throw error;
    }
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
        done?.(this.#end);
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
    undo: (() => void) | undefined,
  ): Promise<Buffer> {
    const { signal, timeout = this.#timeout } = options;
    return new Promise<Buffer>((resolve, reject) => {
      if (this.#end !== undefined) return reject(this.#end);
      if (signal?.aborted === true) return reject(aborted(name, signal));
      const writer = new XdrWriter();
      try {
        procedure.args.write(writer, args);
      } catch (error) {
        return reject(toError(error));
      }
      const cleanUp = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
      };
      const pending: Pending = {
        name,
        quick: procedure.quick,
        abandoned: false,
        undo,
        resolve: (payload) => {
          cleanUp();
          resolve(payload);
        },
        reject: (error) => {
          cleanUp();
          reject(error);
        },
      };
      const abandon = (error: Error): void => {
        pending.abandoned = true;
        this.#streams.delete(serial);
        pending.reject(error);
      };
      const onAbort = (): void => abandon(aborted(name, signal));
      const timer =
        timeout > 0
          ? setTimeout(
              () =>
                abandon(new ConnectionError("timeout", `libvirt did not answer ${name} within ${timeout / 1000} s`)),
              timeout,
            )
          : undefined;
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#pending.set(serial, pending);
      this.#window.enter(procedure.quick, () => {
        if (pending.abandoned) {
          // Never sent: there is no reply to wait for.
          this.#settle(serial);
          return;
        }
        this.#send({
          program: procedure.program,
          procedure: procedure.number,
          type: PacketType.CALL,
          serial,
          status: PacketStatus.OK,
          payload: writer.bytes(),
        });
      });
    });
  }

  /** Takes a call off the list and lets the next one go. */
  #settle(serial: number): Pending | undefined {
    const pending = this.#pending.get(serial);
    if (pending === undefined) return undefined;
    this.#pending.delete(serial);
    this.#window.leave(pending.quick);
    return pending;
  }

  #send(packet: Omit<Packet, "version">, done?: (error?: Error | null) => void): void {
    this.#outbox.send(encodePacket(packet), done);
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
    const pending = this.#settle(packet.serial);
    if (pending === undefined) throw new ProtocolError(`a reply to call ${packet.serial}, which is not waiting`);
    if (pending.abandoned) {
      if (packet.status === PacketStatus.OK) pending.undo?.();
      return;
    }
    if (packet.status === PacketStatus.ERROR) pending.reject(readError(packet.payload, pending.name));
    else pending.resolve(packet.payload);
  }

  #streamPacket(packet: Packet): void {
    const stream = this.#streams.get(packet.serial);
    // Packets of a stream that this side has already left are normal: they crossed our abort.
    if (stream === undefined) return;
    if (packet.type === PacketType.STREAM_HOLE) {
      const { length } = streamHole.read(new XdrReader(packet.payload));
      if (length < 0n) throw new ProtocolError(`a hole of ${length} bytes`);
      stream.sink.hole(length);
      return;
    }
    if (packet.status === PacketStatus.CONTINUE) {
      stream.sink.data(packet.payload);
      return;
    }
    this.#streams.delete(packet.serial);
    if (packet.status === PacketStatus.OK) stream.sink.finished();
    else stream.sink.failed(readError(packet.payload, stream.sink.procedure));
  }

  #fail(error: ConnectionError, wanted = false): void {
    if (this.#end !== undefined) return;
    this.#end = error;
    this.#keepalive.stop();
    this.#window.clear();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    const streams = [...this.#streams.values()];
    this.#streams.clear();
    this.#socket.destroy();
    for (const call of pending) if (!call.abandoned) call.reject(error);
    for (const { sink } of streams) sink.failed(error);
    this.#settleClosed(wanted ? undefined : error);
  }
}

function writeHole(length: bigint): Buffer {
  const writer = new XdrWriter();
  streamHole.write(writer, { length, flags: 0 });
  return writer.bytes();
}
