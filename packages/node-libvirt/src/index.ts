export type { CredentialRequest, CredentialSource } from "./auth/authenticate.js";
export type { Credentials } from "./auth/sasl.js";
export type { OpenOptions } from "./connect.js";
export { Connection, type EventTarget } from "./connection.js";
export { ConnectionEvents, type ConnectionEventMap } from "./emitter.js";
export {
  ConnectionError,
  isAborted,
  isClosed,
  isExisting,
  isInvalidState,
  isNotFound,
  isTimeout,
  isUnsupported,
  LibvirtError,
  type ConnectionErrorCode,
} from "./errors.js";
export { ErrorCode, ErrorDomain, ErrorLevel } from "./error-codes.js";
export { eventKinds, type EventData, type EventName, type Subscription } from "./events.js";
export * from "./flags/index.js";
export type { DomainStatsRecord } from "./objects/directory.js";
export { Domain, type Screenshot } from "./objects/domain.js";
export { Network } from "./objects/network.js";
export { NetworkFilter, NetworkFilterBinding } from "./objects/nwfilter.js";
export type { CallOptions } from "./objects/session.js";
export { DomainSnapshot } from "./objects/snapshot.js";
export { StoragePool } from "./objects/storage-pool.js";
export { StorageVolume } from "./objects/storage-volume.js";
export type { KeepaliveOptions } from "./rpc/keepalive.js";
export type { DhcpLease, DomainInterface, HostInterface, TypedParam, TypedValue } from "./protocol/structures.js";
export { sessionDirectory } from "./transport/sockets.js";
export { parseUri, type DaemonMode, type LibvirtUri, type TransportName } from "./transport/uri.js";
