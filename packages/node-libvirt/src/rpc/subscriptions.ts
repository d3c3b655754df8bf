import { isAborted, isNotFound } from "../errors.js";
import { eventKinds, eventOf, flatten, type EventData, type EventName, type Subscription } from "../events.js";
import type { Session } from "../objects/session.js";
import type { Packet } from "../protocol/packet.js";
import { messages } from "../protocol/procedures.js";
import { XdrReader } from "../protocol/xdr.js";
import { settledOrAborted } from "./failures.js";
import { deregister, register, type Target } from "./registrations.js";

type Listener = (data: Readonly<Record<string, unknown>>) => void;

/** What the daemon was asked to report once, for everyone here who listens to it: it refuses to be asked the same twice. */
interface Registration {
  readonly name: EventName;
  readonly target: Target | undefined;
  readonly listeners: Set<Listener>;
  callbackId: Promise<number>;
}

/** The listeners of one connection. The daemon numbers each registration on its own, by the kind of object. */
export class Subscriptions {
  readonly #session: Session;
  /** By event and object. */
  readonly #registrations = new Map<string, Registration>();
  /** Registrations that are being ended: until then the same cannot be asked for again. */
  readonly #ending = new Map<string, Promise<void>>();
  /** By kind of object and number. */
  readonly #byNumber = new Map<string, Registration>();
  /** Events that came before the number of their registration was known here. */
  readonly #early: { readonly key: string; readonly data: Readonly<Record<string, unknown>> }[] = [];
  #registering = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  async subscribe<N extends EventName>(
    name: N,
    listener: (data: EventData<N>) => void,
    target?: Target,
    signal?: AbortSignal,
  ): Promise<Subscription> {
    const subject = `${name}/${target?.uuid ?? ""}`;
    for (let ending = this.#ending.get(subject); ending !== undefined; ending = this.#ending.get(subject)) await ending;
    const registration = this.#registrations.get(subject) ?? this.#begin(subject, name, target);
    // A listener is only ever given the data of the event that it was registered for. A function of its own for each
    // subscription, since the same listener may subscribe twice.
    const untyped = listener as unknown as Listener;
    const own: Listener = (data) => untyped(data);
    registration.listeners.add(own);
    const subscription = {
      unsubscribe: async (): Promise<void> => {
        if (!registration.listeners.delete(own) || registration.listeners.size > 0) return;
        await this.#end(subject, registration);
      },
    };
    try {
      await settledOrAborted(registration.callbackId, signal, `subscribing to ${name}`);
    } catch (error) {
      // The daemon may still be thinking of it: what it will say is taken back when it comes.
      if (isAborted(error)) subscription.unsubscribe().catch(() => undefined);
      throw error;
    }
    return subscription;
  }

  /**
   * Asks a daemon that knows nothing yet, at the other end of a new connection, for all that is listened to here. Where that
   * connection ends before it has answered, all is asked for again the next time. What was listened to on an object that is
   * not there any more is forgotten.
   */
  async renew(): Promise<void> {
    this.#byNumber.clear();
    this.#early.length = 0;
    await Promise.all(
      [...this.#registrations].map(async ([subject, registration]) => {
        this.#announce(subject, registration);
        try {
          await registration.callbackId;
        } catch (error) {
          if (!isNotFound(error)) throw error;
        }
      }),
    );
  }

  /** Hands a message of the daemon to its listeners. */
  receive(packet: Packet): void {
    const name = eventOf(packet.program, packet.procedure);
    if (name === undefined) return;
    const kind = eventKinds[name];
    const { callbackId, data } = flatten(messages[kind.message].message.read(new XdrReader(packet.payload)));
    const key = `${kind.of}/${callbackId}`;
    const registration = this.#byNumber.get(key);
    if (registration !== undefined) tell(registration.listeners, data);
    else if (this.#registering > 0) this.#early.push({ key, data });
  }

  #begin(subject: string, name: EventName, target: Target | undefined): Registration {
    const listeners = new Set<Listener>();
    const registration: Registration = { name, target, listeners, callbackId: Promise.resolve(-1) };
    this.#registrations.set(subject, registration);
    this.#announce(subject, registration);
    // Who asked is told that it failed.
    registration.callbackId.catch(() => this.#forget(subject, registration));
    return registration;
  }

  #announce(subject: string, registration: Registration): void {
    const { name, target, listeners } = registration;
    this.#registering += 1;
    const callbackId = register(this.#session, name, target);
    registration.callbackId = callbackId;
    callbackId.then(
      (number) => {
        this.#registering -= 1;
        const key = `${eventKinds[name].of}/${number}`;
        this.#byNumber.set(key, registration);
        for (const early of this.#early.splice(0)) {
          if (early.key === key) tell(listeners, early.data);
          else if (this.#registering > 0) this.#early.push(early);
        }
      },
      (error: unknown) => {
        this.#registering -= 1;
        if (isNotFound(error)) this.#forget(subject, registration);
      },
    );
  }

  #forget(subject: string, registration: Registration): void {
    if (this.#registrations.get(subject) === registration) this.#registrations.delete(subject);
  }

  async #end(subject: string, registration: Registration): Promise<void> {
    const { of } = eventKinds[registration.name];
    this.#registrations.delete(subject);
    // With the connection its registrations have ended too.
    if (!this.#session.open) return;
    const ended = registration.callbackId.then(async (callbackId) => {
      this.#byNumber.delete(`${of}/${callbackId}`);
      await deregister(this.#session, of, callbackId);
    });
    const settled = ended
      .catch(() => undefined)
      .then(() => {
        this.#ending.delete(subject);
      });
    this.#ending.set(subject, settled);
    await ended;
  }
}

/** A listener that throws is the program's fault, not the connection's: the program hears of it as an uncaught exception. */
function tell(listeners: ReadonlySet<Listener>, data: Readonly<Record<string, unknown>>): void {
  for (const listener of [...listeners]) {
    try {
      listener(data);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
