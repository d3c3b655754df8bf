import { Queue } from "./queue.js";

/**
 * How many calls that may have to wait for a guest are in flight. A daemon serves `max_client_requests` (5 by default) calls of a
 * client at a time and stops reading from it when that many are under way. With one fewer it goes on reading, so that
 * keepalive and stream packets still get through, and so does what ends a guest that hangs.
 */
const SLOW = 4;
/**
 * How many calls are in flight altogether. Quick ones may wait in the daemon's socket, which it is about to read; with more of
 * them its threads get into each other's way, and all of them together take longer (measured with libvirt 9.0).
 */
const ALL = 16;

/** Sends a call; false when nobody wants it any more. */
type Start = () => boolean;

/** Holds calls back while enough others are under way. */
export class Window {
  readonly #slowWaiting = new Queue<Start>();
  readonly #quickWaiting = new Queue<Start>();
  #slow = 0;
  #all = 0;

  /** Calls `start` as soon as there is room: at once, or from within `leave`. */
  enter(quick: boolean, start: Start): void {
    if (this.#hasRoom(quick)) this.#start(quick, start);
    else (quick ? this.#quickWaiting : this.#slowWaiting).push(start);
  }

  /** A call has its reply. */
  leave(quick: boolean): void {
    this.#all -= 1;
    if (!quick) this.#slow -= 1;
    // One that is not sent leaves its room to the next.
    for (;;) {
      const nextIsSlow = this.#hasRoom(false) && !this.#slowWaiting.empty;
      const next = nextIsSlow
        ? this.#slowWaiting.shift()
        : this.#hasRoom(true)
          ? this.#quickWaiting.shift()
          : undefined;
      if (next === undefined || this.#start(!nextIsSlow, next)) return;
    }
  }

  /** Nothing more is started. */
  clear(): void {
    this.#slowWaiting.clear();
    this.#quickWaiting.clear();
  }

  #hasRoom(quick: boolean): boolean {
    return this.#all < ALL && (quick || this.#slow < SLOW);
  }

  #start(quick: boolean, start: Start): boolean {
    if (!start()) return false;
    this.#all += 1;
    if (!quick) this.#slow += 1;
    return true;
  }
}
