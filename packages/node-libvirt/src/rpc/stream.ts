import { Duplex, Readable, Writable } from "node:stream";
import { Inflow } from "./inflow.js";
import type { StreamSink, StreamWire } from "./wire.js";

/** Largest payload that daemons of every version take in one stream packet, bytes (VIR_NET_MESSAGE_LEGACY_PAYLOAD_MAX). */
const MAX_PAYLOAD = 256 * 1024;
/** What a piece without data is compared with. */
const ZEROS = Buffer.alloc(MAX_PAYLOAD);

type Done = (error?: Error | null) => void;

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

/** A volume's contents, holes filled with zeros. Ends when all of it has come. */
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
    else this.#inflow.add(payload);
  }

  hole(length: bigint): void {
    this.#inflow.add(length);
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

  override _destroy(error: Error | null, callback: Done): void {
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
  readonly #sparse: boolean;
  #confirm: Done | undefined;

  /** @param sparse whether zeros are left out as holes; the daemon must have been told so */
  constructor(wire: StreamWire, procedure: string, sparse: boolean) {
    super({ highWaterMark: 4 * MAX_PAYLOAD });
    this.procedure = procedure;
    this.#wire = wire;
    this.#ending = new Ending(wire);
    this.#sparse = sparse;
  }

  data(): void {
    // An upload has nothing to say in this direction but its end.
  }

  hole(): void {
    // Likewise.
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

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Done): void {
    sendInPieces(this.#wire, chunk, this.#sparse, callback);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], callback: Done): void {
    for (const [index, { chunk }] of chunks.entries())
      sendInPieces(this.#wire, chunk, this.#sparse, index === chunks.length - 1 ? callback : ignore);
  }

  override _final(callback: Done): void {
    this.#confirm = callback;
    this.#wire.finish();
  }

  override _destroy(error: Error | null, callback: Done): void {
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
    if (payload.length === 0) this.#inflow.end();
    else this.#inflow.add(payload);
  }

  hole(length: bigint): void {
    this.#inflow.add(length);
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

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Done): void {
    sendInPieces(this.#wire, chunk, false, callback);
  }

  override _destroy(error: Error | null, callback: Done): void {
    this.#inflow.release();
    this.#ending.byUs();
    callback(error);
  }
}

/** Sends it all at once: the next piece is at hand as soon as the daemon has taken one. */
function sendInPieces(wire: StreamWire, chunk: Buffer, sparse: boolean, callback: Done): void {
  for (let at = 0; ; at += MAX_PAYLOAD) {
    const piece = chunk.subarray(at, at + MAX_PAYLOAD);
    const last = at + MAX_PAYLOAD >= chunk.length;
    const done = last ? callback : ignore;
    if (sparse && piece.equals(ZEROS.subarray(0, piece.length))) wire.hole(BigInt(piece.length), done);
    else wire.data(piece, done);
    if (last) return;
  }
}

/** What stops one piece stops the last one too. */
function ignore(): void {
  // Told by the last piece.
}
