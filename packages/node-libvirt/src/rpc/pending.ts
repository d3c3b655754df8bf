import { ConnectionError } from "../errors.js";
import { aborted, toError } from "./failures.js";

/** Deadline and cancellation of one call. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until the call fails with a ConnectionError "timeout"; the connection's own deadline where absent, 0 for none. */
  readonly timeout?: number | undefined;
}

/** What a call does when it ends. */
export interface Outcome {
  /** Takes the reply; what it throws is the call's error. */
  readonly reply: (payload: Buffer) => void;
  readonly fail: (error: Error) => void;
  /** Undoes what a reply that came too late has opened. */
  readonly undo?: () => void;
}

/** A call that waits for its reply, until a deadline or a signal. */
export class PendingCall {
  readonly name: string;
  readonly quick: boolean;
  readonly #outcome: Outcome;
  readonly #signal: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Once the caller has gone: the reply, when it comes, makes room for another call and is dropped. */
  #abandoned = false;

  /** @param timeout milliseconds, 0 for none */
  constructor(
    call: { readonly name: string; readonly quick: boolean },
    signal: AbortSignal | undefined,
    timeout: number,
    outcome: Outcome,
  ) {
    this.name = call.name;
    this.quick = call.quick;
    this.#outcome = outcome;
    this.#signal = signal;
    this.#timer = timeout > 0 ? setTimeout(this.#onTimeout, timeout, timeout) : undefined;
    signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  get abandoned(): boolean {
    return this.#abandoned;
  }

  succeed(payload: Buffer): void {
    if (this.#abandoned) return this.#outcome.undo?.();
    this.#cleanUp();
    try {
      this.#outcome.reply(payload);
    } catch (error) {
      this.#outcome.fail(toError(error));
    }
  }

  fail(error: Error): void {
    if (this.#abandoned) return;
    this.#cleanUp();
    this.#outcome.fail(error);
  }

  #abandon(error: Error): void {
    this.fail(error);
    this.#abandoned = true;
  }

  #cleanUp(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => this.#abandon(aborted(this.name, this.#signal));
  readonly #onTimeout = (timeout: number): void =>
    this.#abandon(new ConnectionError("timeout", `libvirt did not answer ${this.name} within ${timeout / 1000} s`));
}
