export type { CredentialRequest, CredentialSource } from "./auth/authenticate.js";
export type { Credentials } from "./auth/sasl.js";
export type { OpenOptions } from "./connect.js";
export { Connection, type DomainStatsRecord } from "./connection.js";
export {
  ConnectionError,
  ErrorCode,
  ErrorDomain,
  isAborted,
  isNotFound,
  isTimeout,
  LibvirtError,
  type ConnectionErrorCode,
} from "./errors.js";
export { eventKinds, type EventData, type EventName, type Subscription } from "./events.js";
export * from "./flags.js";
export { Domain } from "./objects/domain.js";
export { Network, NetworkFilter } from "./objects/network.js";
export type { CallOptions } from "./objects/session.js";
export { DomainSnapshot } from "./objects/snapshot.js";
export { StoragePool, StorageVolume } from "./objects/storage.js";
export type { DhcpLease, DomainInterface, HostInterface, TypedParam, TypedValue } from "./protocol/structures.js";
export { sessionDirectory } from "./transport/sockets.js";
export { parseUri, type DaemonMode, type LibvirtUri, type TransportName } from "./transport/uri.js";
