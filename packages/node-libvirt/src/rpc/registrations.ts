import { eventKinds, type EventKind, type EventName } from "../events.js";
import type { Session } from "../objects/session.js";
import type { DomainHandle, NetworkHandle, StoragePoolHandle } from "../protocol/structures.js";

/** What an event may be limited to. */
export type Target = DomainHandle | NetworkHandle | StoragePoolHandle;

/** Asks the daemon for an event; the number that its messages will carry. */
export async function register(session: Session, name: EventName, target: Target | undefined): Promise<number> {
  const { of, id: eventId } = eventKinds[name];
  switch (of) {
    case "domain": {
      const dom = domainOf(target);
      return (await session.call("CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY", { eventId, dom })).callbackId;
    }
    case "network":
      return (await session.call("CONNECT_NETWORK_EVENT_REGISTER_ANY", { eventId, net: target })).callbackId;
    case "storage-pool":
      return (await session.call("CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY", { eventId, pool: target })).callbackId;
    case "qemu": {
      const wanted = { dom: domainOf(target), event: undefined, flags: 0 };
      return (await session.call("QEMU_CONNECT_DOMAIN_MONITOR_EVENT_REGISTER", wanted)).callbackId;
    }
    case "connection":
      await session.call("CONNECT_REGISTER_CLOSE_CALLBACK", {});
      return 0;
  }
}

export async function deregister(session: Session, of: EventKind, callbackId: number): Promise<void> {
  switch (of) {
    case "domain":
      await session.call("CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY", { callbackId });
      return;
    case "network":
      await session.call("CONNECT_NETWORK_EVENT_DEREGISTER_ANY", { callbackId });
      return;
    case "storage-pool":
      await session.call("CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY", { callbackId });
      return;
    case "qemu":
      await session.call("QEMU_CONNECT_DOMAIN_MONITOR_EVENT_DEREGISTER", { callbackId });
      return;
    case "connection":
      await session.call("CONNECT_UNREGISTER_CLOSE_CALLBACK", {});
  }
}

function domainOf(target: Target | undefined): DomainHandle | undefined {
  if (target === undefined) return undefined;
  return { name: target.name, uuid: target.uuid, id: "id" in target ? target.id : -1 };
}
