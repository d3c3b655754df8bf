import { setImmediate } from "node:timers/promises";
import { ConnectionError } from "node-libvirt";
import type { HostConnection } from "../contracts.js";
import type { LabError } from "../errors.js";
import { toLabError } from "./problems.js";

/** Whether a host answers. */
export type Reach = { readonly state: "up" } | { readonly state: "lost"; readonly why: LabError };

export interface LifelineOptions {
  /** Milliseconds from a loss to the first attempt; each further rest is twice as long. */
  readonly firstRest?: number;
  readonly longestRest?: number;
}

/** Whether to try again by itself may help. A login that is refused would ask a person for a password each time, or lock him out. */
export function isWorthRepeating(error: unknown): boolean {
  if (!(error instanceof ConnectionError)) return true;
  const { code, message } = error;
  // What OpenSSH says; it ends as where no host answers.
  const isRefusedBySsh = code === "unreachable" && /permission denied|host key verification failed/i.test(message);
  return code !== "authentication" && code !== "uri" && !isRefusedBySsh;
}

/**
 * Keeps a host's connection up: when it ends, it is made again, with rests between the attempts that grow. Objects and
 * subscriptions of the connection go on working then; what was waiting when it ended has failed.
 */
export class Lifeline {
  readonly #host: Pick<HostConnection, "connection" | "uri">;
  readonly #listener: (reach: Reach) => void;
  readonly #firstRest: number;
  readonly #longestRest: number;
  readonly #unlisten: () => void;
  #reach: Reach = { state: "up" };
  #rest: number;
  #timer: NodeJS.Timeout | undefined;
  #attempt: Promise<void> | undefined;
  #isClosed = false;

  /** @param listener told of each loss and of each return. */
  constructor(
    host: Pick<HostConnection, "connection" | "uri">,
    listener: (reach: Reach) => void,
    { firstRest = 1000, longestRest = 30_000 }: LifelineOptions = {},
  ) {
    this.#host = host;
    this.#listener = listener;
    this.#firstRest = firstRest;
    this.#longestRest = longestRest;
    this.#rest = firstRest;
    this.#unlisten = host.connection.onClosed((reason) => this.#ended(reason));
  }

  get reach(): Reach {
    return this.#reach;
  }

  /** Tries at once where the connection is lost. @throws LabError when it cannot be made yet. */
  async restore(): Promise<void> {
    if (this.#reach.state === "lost" && !this.#isClosed) await this.#try();
  }

  /** Ends the trying. A connection that is up stays as it is. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#unlisten();
  }

  #ended(reason: Error | undefined): void {
    // An attempt ends what it replaces, and tells itself what has become of it.
    if (this.#isClosed || this.#attempt !== undefined) return;
    this.#lost(reason ?? new ConnectionError("closed", "the connection has ended"));
  }

  #lost(reason: unknown): void {
    const wasUp = this.#reach.state === "up";
    this.#reach = { state: "lost", why: toLabError(reason, `the connection to ${this.#host.uri}`) };
    clearTimeout(this.#timer);
    if (isWorthRepeating(reason)) this.#timer = setTimeout(() => void this.#try().catch(() => undefined), this.#rest); // `reach` says why.
    this.#rest = Math.min(this.#longestRest, this.#rest * 2);
    if (wasUp) this.#listener(this.#reach);
  }

  #try(): Promise<void> {
    clearTimeout(this.#timer);
    this.#attempt ??= this.#reconnect().finally(() => (this.#attempt = undefined));
    return this.#attempt;
  }

  async #reconnect(): Promise<void> {
    const { connection, uri } = this.#host;
    try {
      await connection.reconnect();
      // It may have ended again at once, with nobody who has noticed.
      const ended = await Promise.race([connection.closed.then((reason) => ({ reason })), setImmediate(undefined)]);
      if (ended !== undefined) throw ended.reason ?? new ConnectionError("closed", "the connection has ended");
    } catch (error) {
      if (!this.#isClosed) this.#lost(error);
      throw toLabError(error, `connecting to ${uri}`);
    }
    if (this.#isClosed) {
      await connection.close();
      return;
    }
    this.#rest = this.#firstRest;
    this.#reach = { state: "up" };
    this.#listener(this.#reach);
  }
}
