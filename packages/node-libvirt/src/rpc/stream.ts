import { Duplex, Readable, Writable } from "node:stream";
import type { StreamSink, StreamWire } from "./client.js";

/** Largest payload that daemons of every version take in one stream packet, bytes (VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX). */
const MAX_PAYLOAD = 256 * 1024;
/** Bytes that wait for a slow reader before the connection as a whole stops reading. */
const MAX_WAITING = 16 * 1024 * 1024;

/** Passes what arrives on to a Readable, and holds the connection back when its reader is too slow. */
class Inflow {
  readonly #stream: Readable;
  readonly #wire: StreamWire;
  readonly #waiting: Buffer[] = [];
  #bytes = 0;
  #full = false;
  #paused = false;
  #ended = false;

  constructor(stream: Readable, wire: StreamWire) {
    this.#stream = stream;
    this.#wire = wire;
  }

  data(payload: Buffer): void {
    if (payload.length === 0) return this.end();
    if (!this.#full) {
      this.#full = !this.#stream.push(payload);
      return;
    }
    this.#waiting.push(payload);
    this.#bytes += payload.length;
    if (this.#bytes > MAX_WAITING && !this.#paused) {
      this.#paused = true;
      this.#wire.pause();
    }
  }

  /** The reader wants more. */
  more(): void {
    this.#full = false;
    while (!this.#full) {
      const payload = this.#waiting.shift();
      if (payload === undefined) break;
      this.#bytes -= payload.length;
      this.#full = !this.#stream.push(payload);
    }
    if (this.#paused && this.#bytes <= MAX_WAITING / 2) this.release();
    if (this.#ended && this.#waiting.length === 0) this.#stream.push(null);
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#waiting.length === 0) this.#stream.push(null);
  }

  release(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#wire.resume();
  }
}

/** How a stream ends on the wire: by the peer, or by this side, which then tells the peer. */
class Ending {
  readonly #wire: StreamWire;
  #over = false;

  constructor(wire: StreamWire) {
    this.#wire = wire;
  }

  byPeer(): void {
    this.#over = true;
  }

  byUs(): void {
    if (!this.#over) {
      this.#over = true;
      this.#wire.abort();
    }
    this.#wire.forget();
  }
}

/** A volume's contents. Ends when all of it has come. */
export class DownloadStream extends Readable implements StreamSink {
  readonly procedure: string;
  readonly #wire: StreamWire;
  readonly #inflow: Inflow;
  readonly #ending: Ending;

  constructor(wire: StreamWire, procedure: string) {
    super();
    this.procedure = procedure;
    this.#wire = wire;
    this.#ending = new Ending(wire);
    this.#inflow = new Inflow(this, wire);
  }

  data(payload: Buffer): void {
    // An empty packet marks the end of the data; the stream itself ends when both sides have said so.
    if (payload.length === 0) this.#wire.finish();
    else this.#inflow.data(payload);
  }

  finished(): void {
    this.#ending.byPeer();
    this.#inflow.end();
  }

  failed(error: Error): void {
    this.#ending.byPeer();
    this.destroy(error);
  }

  override _read(): void {
    this.#inflow.more();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#inflow.release();
    this.#ending.byUs();
    callback(error);
  }
}

/** Takes a volume's contents. "finish" comes when the daemon has confirmed that all of it is written. */
export class UploadStream extends Writable implements StreamSink {
  readonly procedure: string;
  readonly #wire: StreamWire;
  readonly #ending: Ending;
  #confirm: ((error?: Error | null) => void) | undefined;

  constructor(wire: StreamWire, procedure: string) {
    super({ highWaterMark: 4 * MAX_PAYLOAD });
    this.procedure = procedure;
    this.#wire = wire;
    this.#ending = new Ending(wire);
  }

  data(): void {
    // An upload has nothing to say in this direction but its end.
  }

  finished(): void {
    this.#ending.byPeer();
    this.#confirm?.();
  }

  failed(error: Error): void {
    this.#ending.byPeer();
    const confirm = this.#confirm;
    this.#confirm = undefined;
    if (confirm === undefined) this.destroy(error);
    else confirm(error);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    sendInPieces(this.#wire, chunk, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#confirm = callback;
    this.#wire.finish();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#ending.byUs();
    callback(error);
  }
}

/** A console or channel: both ways, until one side ends it. */
export class ConsoleStream extends Duplex implements StreamSink {
  readonly procedure: string;
  readonly #wire: StreamWire;
  readonly #inflow: Inflow;
  readonly #ending: Ending;

  constructor(wire: StreamWire, procedure: string) {
    super({ allowHalfOpen: false });
    this.procedure = procedure;
    this.#wire = wire;
    this.#ending = new Ending(wire);
    this.#inflow = new Inflow(this, wire);
  }

  data(payload: Buffer): void {
    this.#inflow.data(payload);
  }

  finished(): void {
    this.#ending.byPeer();
    this.#inflow.end();
  }

  failed(error: Error): void {
    this.#ending.byPeer();
    this.destroy(error);
  }

  override _read(): void {
    this.#inflow.more();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    sendInPieces(this.#wire, chunk, callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#inflow.release();
    this.#ending.byUs();
    callback(error);
  }
}

function sendInPieces(wire: StreamWire, chunk: Buffer, callback: (error?: Error | null) => void): void {
  const piece = chunk.subarray(0, MAX_PAYLOAD);
  const rest = chunk.subarray(piece.length);
  wire.data(piece, (error) => {
    if (error || rest.length === 0) callback(error);
    else sendInPieces(wire, rest, callback);
  });
}
