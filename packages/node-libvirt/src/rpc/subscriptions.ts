import { eventKinds, eventOf, flatten, type EventData, type EventName, type Subscription } from "../events.js";
import type { Session } from "../objects/session.js";
import type { Packet } from "../protocol/packet.js";
import { messages } from "../protocol/procedures.js";
import type { DomainHandle, NetworkHandle, StoragePoolHandle } from "../protocol/structures.js";
import { XdrReader } from "../protocol/xdr.js";

type Listener = (data: Readonly<Record<string, unknown>>) => void;

/** What an event may be limited to. */
export type Target = DomainHandle | NetworkHandle | StoragePoolHandle;

/** What the daemon was asked to report once, for everyone here who listens to it: it refuses to be asked the same twice. */
interface Registration {
  readonly listeners: Set<Listener>;
  readonly callbackId: Promise<number>;
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
  ): Promise<Subscription> {
    const subject = `${name}/${target?.uuid ?? ""}`;
    for (let ending = this.#ending.get(subject); ending !== undefined; ending = this.#ending.get(subject)) await ending;
    const registration = this.#registrations.get(subject) ?? this.#begin(subject, name, target);
    // A listener is only ever given the data of the event that it was registered for. A function of its own for each
    // subscription, since the same listener may subscribe twice.
    const untyped = listener as unknown as Listener;
    const own: Listener = (data) => untyped(data);
    registration.listeners.add(own);
    await registration.callbackId;
    return {
      unsubscribe: async () => {
        if (!registration.listeners.delete(own) || registration.listeners.size > 0) return;
        await this.#end(subject, name, registration);
      },
    };
  }

  #begin(subject: string, name: EventName, target: Target | undefined): Registration {
    const listeners = new Set<Listener>();
    const registration = { listeners, callbackId: this.#register(name, target) };
    this.#registrations.set(subject, registration);
    this.#registering += 1;
    registration.callbackId.then(
      (callbackId) => {
        this.#registering -= 1;
        const key = `${eventKinds[name].of}/${callbackId}`;
        this.#byNumber.set(key, registration);
        for (const early of this.#early.splice(0)) {
          if (early.key === key) for (const listener of listeners) listener(early.data);
          else if (this.#registering > 0) this.#early.push(early);
        }
      },
      () => {
        this.#registering -= 1;
        this.#registrations.delete(subject);
      },
    );
    return registration;
  }

  async #end(subject: string, name: EventName, registration: Registration): Promise<void> {
    const { of } = eventKinds[name];
    this.#registrations.delete(subject);
    const ended = registration.callbackId.then(async (callbackId) => {
      this.#byNumber.delete(`${of}/${callbackId}`);
      await this.#deregister(of, callbackId);
    });
    const settled = ended
      .catch(() => undefined)
      .then(() => {
        this.#ending.delete(subject);
      });
    this.#ending.set(subject, settled);
    await ended;
  }

  /** Hands a message of the daemon to its listeners. */
  receive(packet: Packet): void {
    const name = eventOf(packet.program, packet.procedure);
    if (name === undefined) return;
    const kind = eventKinds[name];
    const { callbackId, data } = flatten(messages[kind.message].message.read(new XdrReader(packet.payload)));
    const key = `${kind.of}/${callbackId}`;
    const registration = this.#byNumber.get(key);
    if (registration !== undefined) for (const listener of [...registration.listeners]) listener(data);
    else if (this.#registering > 0) this.#early.push({ key, data });
  }

  async #register(name: EventName, target: Target | undefined): Promise<number> {
    const { of, id: eventId } = eventKinds[name];
    switch (of) {
      case "domain": {
        const dom =
          target === undefined
            ? undefined
            : { name: target.name, uuid: target.uuid, id: "id" in target ? target.id : -1 };
        return (await this.#session.call("CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY", { eventId, dom })).callbackId;
      }
      case "network":
        return (await this.#session.call("CONNECT_NETWORK_EVENT_REGISTER_ANY", { eventId, net: target })).callbackId;
      case "storage-pool":
        return (await this.#session.call("CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY", { eventId, pool: target }))
          .callbackId;
    }
  }

  async #deregister(of: "domain" | "network" | "storage-pool", callbackId: number): Promise<void> {
    switch (of) {
      case "domain":
        await this.#session.call("CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY", { callbackId });
        return;
      case "network":
        await this.#session.call("CONNECT_NETWORK_EVENT_DEREGISTER_ANY", { callbackId });
        return;
      case "storage-pool":
        await this.#session.call("CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY", { callbackId });
    }
  }
}
