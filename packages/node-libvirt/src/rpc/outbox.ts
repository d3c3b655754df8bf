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

  constructor(socket: Duplex, writing: Writing) {
    this.#socket = socket;
    this.#apart = writing === "apart";
  }

  /** @param done called when the bytes have left, or cannot leave any more. */
  send(bytes: Buffer, done?: Done): void {
    if (this.#apart) {
      this.#waiting.push({ bytes, done });
      if (!this.#busy) this.#next();
      return;
    }
    if (!this.#busy) {
      this.#busy = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#busy = false;
        this.#socket.uncork();
      });
    }
    this.#socket.write(bytes, done);
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
