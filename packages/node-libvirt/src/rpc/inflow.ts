import type { Readable } from "node:stream";
import type { StreamWire } from "./wire.js";

/** Bytes that wait for a slow reader before the connection as a whole stops reading. */
const MAX_WAITING = 16 * 1024 * 1024;
/** Largest piece of a hole that is handed on at once, bytes. */
const MAX_ZEROS = 1024 * 1024;

/** Data that has come, or so many zero bytes. */
type Piece = Buffer | bigint;

/** Passes what arrives on to a Readable, and holds the connection back when its reader is too slow. */
export class Inflow {
  readonly #stream: Readable;
  readonly #wire: StreamWire;
  readonly #waiting: Piece[] = [];
  #bytes = 0;
  #full = false;
  #paused = false;
  #ended = false;

  constructor(stream: Readable, wire: StreamWire) {
    this.#stream = stream;
    this.#wire = wire;
  }

  add(piece: Piece): void {
    this.#waiting.push(piece);
    if (typeof piece !== "bigint") this.#bytes += piece.length;
    this.#flow();
    if (this.#bytes > MAX_WAITING && !this.#paused) {
      this.#paused = true;
      this.#wire.pause();
    }
  }

  /** The reader wants more. */
  more(): void {
    this.#full = false;
    this.#flow();
  }

  /** Nothing comes after what has come. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#waiting.length === 0) this.#stream.push(null);
  }

  /** The reader has gone: the connection need not wait for it. */
  release(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#wire.resume();
  }

  #flow(): void {
    while (!this.#full) {
      const piece = this.#next();
      if (piece === undefined) break;
      this.#full = !this.#stream.push(piece);
      if (this.#ended && this.#waiting.length === 0) this.#stream.push(null);
    }
    if (this.#paused && this.#bytes <= MAX_WAITING / 2) this.release();
  }

  #next(): Buffer | undefined {
    const [first] = this.#waiting;
    if (typeof first !== "bigint") {
      this.#waiting.shift();
      this.#bytes -= first?.length ?? 0;
      return first;
    }
    const length = first > MAX_ZEROS ? MAX_ZEROS : Number(first);
    if (length === Number(first)) this.#waiting.shift();
    else this.#waiting[0] = first - BigInt(length);
    return length === 0 ? this.#next() : Buffer.alloc(length);
  }
}
