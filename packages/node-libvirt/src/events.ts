import { messages, type EventMessage } from "./protocol/procedures.js";
import type { Fields, Struct } from "./protocol/codec.js";

type Messages = typeof messages;
type Message<N extends keyof Messages> = Messages[N] extends EventMessage<infer A> ? Struct<A> : never;

/**
 * The events that can be subscribed to: which message carries them, and the number to register them under
 * (virDomainEventID, virNetworkEventID, virStoragePoolEventID). Events of the kind "qemu" are those of QEMU's monitor, and
 * "hypervisor-closed" tells that a daemon behind the daemon has gone.
 */
export const eventKinds = {
  "domain-lifecycle": { of: "domain", id: 0, message: "DOMAIN_EVENT_CALLBACK_LIFECYCLE" },
  "domain-reboot": { of: "domain", id: 1, message: "DOMAIN_EVENT_CALLBACK_REBOOT" },
  "domain-graphics": { of: "domain", id: 5, message: "DOMAIN_EVENT_CALLBACK_GRAPHICS" },
  "domain-io-error": { of: "domain", id: 6, message: "DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON" },
  "domain-block-job": { of: "domain", id: 8, message: "DOMAIN_EVENT_CALLBACK_BLOCK_JOB" },
  "domain-device-removed": { of: "domain", id: 15, message: "DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED" },
  "domain-agent-lifecycle": { of: "domain", id: 18, message: "DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE" },
  "domain-device-added": { of: "domain", id: 19, message: "DOMAIN_EVENT_CALLBACK_DEVICE_ADDED" },
  "domain-job-completed": { of: "domain", id: 21, message: "DOMAIN_EVENT_CALLBACK_JOB_COMPLETED" },
  "domain-device-removal-failed": { of: "domain", id: 22, message: "DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED" },
  "domain-metadata-change": { of: "domain", id: 23, message: "DOMAIN_EVENT_CALLBACK_METADATA_CHANGE" },
  "network-lifecycle": { of: "network", id: 0, message: "NETWORK_EVENT_LIFECYCLE" },
  "storage-pool-lifecycle": { of: "storage-pool", id: 0, message: "STORAGE_POOL_EVENT_LIFECYCLE" },
  "storage-pool-refresh": { of: "storage-pool", id: 1, message: "STORAGE_POOL_EVENT_REFRESH" },
  "qemu-monitor": { of: "qemu", id: 0, message: "QEMU_DOMAIN_MONITOR_EVENT" },
  "hypervisor-closed": { of: "connection", id: 0, message: "CONNECT_EVENT_CONNECTION_CLOSED" },
} as const satisfies Record<string, { of: EventKind; id: number; message: keyof Messages }>;

/** Whose events are numbered together. */
export type EventKind = "domain" | "network" | "storage-pool" | "qemu" | "connection";

export type EventName = keyof typeof eventKinds;

/** What arrives, flat: `dom`, `net` or `pool`, and the event's own fields. */
export type EventData<N extends EventName> = Flat<Message<(typeof eventKinds)[N]["message"]>>;

type Flat<M> = M extends { readonly msg: infer Inner } ? Omit<M, "msg" | "callbackId"> & Inner : Omit<M, "callbackId">;

/** Ends a subscription. */
export interface Subscription {
  unsubscribe(): Promise<void>;
}

const byNumber = new Map<string, EventName>();
for (const [name, kind] of Object.entries(eventKinds)) {
  const { program, number } = messages[kind.message];
  // Keys of eventKinds are event names.
  byNumber.set(`${program}/${number}`, name as EventName);
}

/** The event that a message carries, if it is one that can be subscribed to. */
export function eventOf(program: number, number: number): EventName | undefined {
  return byNumber.get(`${program}/${number}`);
}

/** Splits a message into the registration that it answers and what listeners are given. */
export function flatten(message: Struct<Fields>): {
  readonly callbackId: number;
  readonly data: Readonly<Record<string, unknown>>;
} {
  // Only one event is not registered under a number: the end of the hypervisor's connection.
  const { callbackId = 0, msg, ...rest } = message;
  if (typeof callbackId !== "number") throw new TypeError("an event message without a callback number");
  return { callbackId, data: typeof msg === "object" && msg !== null ? { ...rest, ...msg } : rest };
}
