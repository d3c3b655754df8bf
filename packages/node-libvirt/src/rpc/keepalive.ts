export const KEEPALIVE_PING = 1;
export const KEEPALIVE_PONG = 2;

/** Seconds between pings on a silent connection, and how many may go unanswered: libvirt's own defaults. */
const INTERVAL = 5;
const COUNT = 5;

/** Notices a peer that has stopped answering. */
export class Keepalive {
  readonly #ping: () => void;
  readonly #dead: (seconds: number) => void;
  #timer: NodeJS.Timeout | undefined;
  #unanswered = 0;

  constructor(actions: { readonly ping: () => void; readonly dead: (seconds: number) => void }) {
    this.#ping = actions.ping;
    this.#dead = actions.dead;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#tick(), INTERVAL * 1000).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Anything at all that arrives shows that the peer lives. */
  heard(): void {
    this.#unanswered = 0;
  }

  #tick(): void {
    if (this.#unanswered >= COUNT) return this.#dead(INTERVAL * COUNT);
    this.#unanswered += 1;
    this.#ping();
  }
}
