import type { Duplex } from "node:stream";
import { Queue } from "./queue.js";

type Done = (error?: Error | null) => void;

/** How packets are put on the wire. */
export type Writing =
  /** Those of one turn of the event loop together: one system call for many. */
  | "together"
  /**
   * Each by itself. Over TLS no two packets may share a record: a daemon that reads the first also takes the second off its
   * socket, and then sleeps until the socket has something new.
   */
  | "apart";

/** Sends packets in order. */
export class Outbox {
  readonly #socket: Duplex;
  readonly #apart: boolean;
  readonly #waiting = new Queue<{ readonly bytes: Buffer; readonly done: Done | undefined }>();
  #busy = false;
  #corked = false;

  constructor(socket: Duplex, writing: Writing) {
    this.#socket = socket;
    this.#apart = writing === "apart";
  }

  /**
   * Sends a packet: its bytes, or its header and its payload, which is not copied then and must not change until `done`.
   *
   * @param done called when the bytes have left, or cannot leave any more.
   */
  send(bytes: Buffer, done?: Done, payload?: Buffer): void {
    if (this.#apart) {
      this.#waiting.push({ bytes: payload === undefined ? bytes : Buffer.concat([bytes, payload]), done });
      if (!this.#busy) this.#next();
      return;
    }
    // The first packet leaves at once, since there may be no other.
    if (this.#busy || payload !== undefined) this.#collect();
    else this.#begin();
    if (payload === undefined) this.#socket.write(bytes, done);
    else {
      this.#socket.write(bytes);
      this.#socket.write(payload, done);
    }
  }

  /** Until the turn is over, further packets belong together. */
  #begin(): void {
    this.#busy = true;
    process.nextTick(() => {
      this.#busy = false;
      if (!this.#corked) return;
      this.#corked = false;
      this.#socket.uncork();
    });
  }

  #collect(): void {
    if (!this.#busy) this.#begin();
    if (this.#corked) return;
    this.#corked = true;
    this.#socket.cork();
  }

  #next(): void {
    const next = this.#waiting.shift();
    this.#busy = next !== undefined;
    if (next === undefined) return;
    this.#socket.write(next.bytes, (error) => {
      next.done?.(error);
      this.#next();
    });
  }
}
