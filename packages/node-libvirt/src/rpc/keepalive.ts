export const KEEPALIVE_PING = 1;
export const KEEPALIVE_PONG = 2;

/** When a peer that says nothing is given up. */
export interface KeepaliveOptions {
  /** Milliseconds between pings. */
  readonly interval: number;
  /** How many pings may go unanswered. */
  readonly count: number;
}

/** libvirt's own defaults. */
export const KEEPALIVE_DEFAULTS: KeepaliveOptions = { interval: 5000, count: 5 };

/** Notices a peer that has stopped answering. */
export class Keepalive {
  readonly #ping: () => void;
  readonly #dead: (seconds: number) => void;
  readonly #deaf: () => boolean;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;

  /** @param actions.deaf whether this side reads nothing at present, so that no answer can be heard */
  constructor(actions: {
    readonly ping: () => void;
    readonly dead: (seconds: number) => void;
    readonly deaf: () => boolean;
  }) {
    this.#ping = actions.ping;
    this.#dead = actions.dead;
    this.#deaf = actions.deaf;
  }

  start({ interval, count }: KeepaliveOptions): void {
    this.#timer ??= setInterval(() => {
      if (this.#deaf()) this.#unanswered = 0;
      if (this.#unanswered >= count) return this.#dead((interval * count) / 1000);
      this.#unanswered += 1;
      // Also sent while nothing can be heard: it tells the peer that this side lives.
      this.#ping();
    }, interval).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Anything at all that arrives shows that the peer lives. */
  heard(): void {
    this.#unanswered = 0;
  }
}
