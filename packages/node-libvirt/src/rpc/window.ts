/**
 * How many calls that may have to wait for a guest are in flight. A daemon serves `max_client_requests` (5 by default) calls of a
 * client at a time and stops reading from it when that many are under way. With one fewer it goes on reading, so that
 * keepalive and stream packets still get through, and so does what ends a guest that hangs.
 */
const SLOW = 4;
/** How many calls are in flight altogether. Quick ones may wait in the daemon's socket: it is about to read them. */
const ALL = 64;

/** Holds calls back while enough others are under way. */
export class Window {
  readonly #waiting: Record<"slow" | "quick", (() => void)[]> = { slow: [], quick: [] };
  #slow = 0;
  #all = 0;

  /** Calls `start` as soon as there is room: at once, or from within `leave`. */
  enter(quick: boolean, start: () => void): void {
    if (this.#all < ALL && (quick || this.#slow < SLOW)) this.#start(quick, start);
    else this.#waiting[quick ? "quick" : "slow"].push(start);
  }

  /** A call has its reply, or will never be sent. */
  leave(quick: boolean): void {
    this.#all -= 1;
    if (!quick) this.#slow -= 1;
    const slow = this.#slow < SLOW ? this.#waiting.slow.shift() : undefined;
    const next = slow ?? this.#waiting.quick.shift();
    if (next !== undefined) this.#start(slow === undefined, next);
  }

  /** Nothing more is started. */
  clear(): void {
    this.#waiting.slow.length = 0;
    this.#waiting.quick.length = 0;
  }

  #start(quick: boolean, start: () => void): void {
    this.#all += 1;
    if (!quick) this.#slow += 1;
    start();
  }
}
