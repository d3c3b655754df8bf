import { connect, type OpenOptions } from "./connect.js";
import { ConnectionEvents } from "./emitter.js";
import { isAborted } from "./errors.js";
import type { EventData, EventName, Subscription } from "./events.js";
import { Directory } from "./objects/directory.js";
import { Session } from "./objects/session.js";
import type { RpcClient } from "./rpc/client.js";
import type { Target } from "./rpc/registrations.js";
import { Subscriptions } from "./rpc/subscriptions.js";
import { parseUri, type LibvirtUri } from "./transport/uri.js";

/** Milliseconds that saying good-bye may take. */
const CLOSE_TIMEOUT = 1000;

/** A domain, network or pool that events are limited to. */
export interface EventTarget {
  readonly handle: Target;
}

/** A connection to a libvirt daemon. Every call may be made while others are under way. */
export class Connection extends Directory {
  readonly uri: string;
  readonly #parsed: LibvirtUri;
  readonly #options: OpenOptions;
  readonly #subscriptions: Subscriptions;
  #rpc: RpcClient;
  #reconnecting: Promise<void> | undefined;
  readonly #endListeners = new Set<(reason: Error | undefined) => void>();

  private constructor(parsed: LibvirtUri, options: OpenOptions, rpc: RpcClient) {
    super(new Session(rpc));
    this.uri = parsed.text;
    this.#parsed = parsed;
    this.#options = options;
    this.#rpc = rpc;
    this.#subscriptions = new Subscriptions(this.session);
    this.#watch(rpc);
  }

  #watch(rpc: RpcClient): void {
    rpc.onMessage = (packet) => this.#subscriptions.receive(packet);
    void rpc.closed.then((reason) => {
      for (const listener of [...this.#endListeners]) listener(reason);
    });
  }

  /**
   * Connects and opens the driver that the URI names.
   * Errors: ConnectionError (unreachable, permission, authentication, timeout, aborted, uri), LibvirtError.
   */
  static async open(uri: string, options: OpenOptions = {}): Promise<Connection> {
    const parsed = parseUri(uri);
    return new Connection(parsed, options, await connect(parsed, options));
  }

  /** Settles when the connection has ended: with the reason, or with undefined after `close()`. Never rejects. */
  get closed(): Promise<Error | undefined> {
    return this.#rpc.closed;
  }

  /** Calls the listener each time that the connection ends, also after `reconnect`; returns what takes the listener away. */
  onClosed(listener: (reason: Error | undefined) => void): () => void {
    this.#endListeners.add(listener);
    return () => void this.#endListeners.delete(listener);
  }

  /** Says good-bye and ends the connection. Calls and streams under way fail with ConnectionError "closed". Safe to repeat. */
  async close(): Promise<void> {
    const rpc = this.#rpc;
    try {
      await this.call("CONNECT_CLOSE", {}, { timeout: CLOSE_TIMEOUT });
    } catch {
      // A daemon that has gone or hangs need not be told.
    }
    rpc.close();
    await rpc.closed;
  }

  /**
   * Connects anew, usually after `closed` has settled; a connection that still stands is ended. Domains, networks and all other
   * objects of this connection go on working, and subscriptions are made again: events meanwhile are lost. Calls and
   * streams that were under way have failed and are not repeated.
   * Errors: as `open`; the old subscriptions then wait for the next attempt.
   */
  reconnect(options: Pick<OpenOptions, "signal" | "timeout"> = {}): Promise<void> {
    this.#reconnecting ??= this.#reconnect(options).finally(() => (this.#reconnecting = undefined));
    return this.#reconnecting;
  }

  async #reconnect(options: OpenOptions): Promise<void> {
    const rpc = await connect(this.#parsed, { ...this.#options, signal: undefined, ...options });
    this.#rpc.close();
    this.#rpc = rpc;
    this.session.attach(rpc);
    this.#watch(rpc);
    await this.#subscriptions.renew();
  }

  /**
   * Calls the listener for each event, until unsubscribed or the connection ends.
   * @param target limits it to one domain, network or pool.
   * @param options the signal ends the waiting for the daemon's consent, not the subscription.
   */
  subscribe<N extends EventName>(
    name: N,
    listener: (data: EventData<N>) => void,
    target?: EventTarget,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<Subscription> {
    return this.#subscriptions.subscribe(name, listener, target?.handle, options?.signal);
  }

  /** The events as an EventEmitter, which also says "close" when the connection ends. */
  emitter(names: readonly EventName[], target?: EventTarget): Promise<ConnectionEvents> {
    return ConnectionEvents.open(this, names, target);
  }

  /** The events as an async iterable, from the first `next()` on. Ends with the signal or the connection. */
  async *events<N extends EventName>(
    name: N,
    options: { readonly signal?: AbortSignal; readonly target?: EventTarget } = {},
  ): AsyncGenerator<EventData<N>> {
    const waiting: EventData<N>[] = [];
    let wake = (): void => undefined;
    let over = false;
    const stop = (): void => {
      over = true;
      wake();
    };
    let subscription: Subscription;
    try {
      const listener = (data: EventData<N>): void => {
        waiting.push(data);
        wake();
      };
      subscription = await this.subscribe(name, listener, options.target, options);
    } catch (error) {
      if (isAborted(error)) return;
      throw error;
    }
    void this.closed.then(stop);
    options.signal?.addEventListener("abort", stop, { once: true });
    if (options.signal?.aborted === true) over = true;
    try {
      for (;;) {
        const data = waiting.shift();
        if (data !== undefined) yield data;
        else if (isOver()) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      options.signal?.removeEventListener("abort", stop);
      await subscription.unsubscribe().catch(() => undefined);
    }

    function isOver(): boolean {
      return over;
    }
  }
}
