import { EventEmitter } from "node:events";
import type { EventData, EventName, Subscription } from "./events.js";
import type { Target as RegistrationTarget } from "./rpc/registrations.js";

/** The events of a {@link ConnectionEvents}: those it was made for, and "close" each time that the connection ends. */
export type ConnectionEventMap = { [N in EventName]: [data: EventData<N>] } & { close: [reason: Error | undefined] };

/** What events are limited to. */
interface Target {
  readonly handle: RegistrationTarget;
}

/** Where the events come from. */
interface Source {
  onClosed(listener: (reason: Error | undefined) => void): () => void;
  subscribe<N extends EventName>(
    name: N,
    listener: (data: EventData<N>) => void,
    target?: Target,
  ): Promise<Subscription>;
}

/** A connection's events as an EventEmitter. */
export class ConnectionEvents extends EventEmitter<ConnectionEventMap> {
  #subscriptions: readonly Subscription[] = [];
  #closed = false;
  #forget: () => void = () => undefined;

  /** Subscribes to the events; they are emitted until `close()`, also after the connection was opened anew. */
  static async open(source: Source, names: readonly EventName[], target?: Target): Promise<ConnectionEvents> {
    const events = new ConnectionEvents();
    const results = await Promise.allSettled(names.map((name) => events.#forward(source, name, target)));
    events.#subscriptions = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failed = results.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      await events.close();
      throw failed.reason;
    }
    events.#forget = source.onClosed((reason) => events.emit("close", reason));
    return events;
  }

  /** Ends the subscriptions. Safe to repeat. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#forget();
    await Promise.all(this.#subscriptions.map((subscription) => subscription.unsubscribe()));
  }

  #forward(source: Source, name: EventName, target: Target | undefined): Promise<Subscription> {
    // The map gives each event the data that the subscription of the same name brings; TypeScript loses that in a union.
    const emitter = this as EventEmitter;
    return source.subscribe(name, (data) => void emitter.emit(name, data), target);
  }
}
