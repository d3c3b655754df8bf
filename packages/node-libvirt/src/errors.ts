import { ErrorCode } from "./error-codes.js";
import type { Decoded } from "./protocol/codec.js";
import type { error as errorStructure } from "./protocol/structures.js";

/** An error that the libvirt daemon reported. */
export class LibvirtError extends Error {
  override readonly name = "LibvirtError";
  /** One of {@link ErrorCode}. */
  readonly code: number;
  /** The part of libvirt that raised it, one of {@link ErrorDomain}. */
  readonly domain: number;
  /** One of {@link ErrorLevel}: a warning or an error. */
  readonly level: number;
  /** The procedure whose call failed. */
  readonly procedure: string;

  constructor(details: Decoded<typeof errorStructure>, procedure: string) {
    super(details.message ?? `libvirt reported error ${details.code} without a message`);
    this.code = details.code;
    this.domain = details.domain;
    this.level = details.level;
    this.procedure = procedure;
  }
}

export type ConnectionErrorCode =
  /** No socket, no daemon, no such host. */
  | "unreachable"
  /** The socket is there, but this user may not open it. */
  | "permission"
  /** The daemon wants an authentication that did not succeed. */
  | "authentication"
  /** No answer in time: the daemon, QEMU behind it, or the network hangs. */
  | "timeout"
  /** The caller's AbortSignal fired. */
  | "aborted"
  /** The connection ended, by `close()` or by the peer. */
  | "closed"
  /** The peer sent what is not the protocol. */
  | "protocol"
  /** The URI cannot be understood or names a transport that is not there. */
  | "uri";

/** The connection, not libvirt, is at fault. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const NOT_FOUND: readonly number[] = [
  ErrorCode.NO_DOMAIN,
  ErrorCode.NO_NETWORK,
  ErrorCode.NO_STORAGE_POOL,
  ErrorCode.NO_STORAGE_VOL,
  ErrorCode.NO_NWFILTER,
  ErrorCode.NO_DOMAIN_SNAPSHOT,
  ErrorCode.NO_DOMAIN_METADATA,
  ErrorCode.NO_NETWORK_METADATA,
  ErrorCode.NO_NWFILTER_BINDING,
  ErrorCode.NO_INTERFACE,
];

const UNSUPPORTED: readonly number[] = [
  ErrorCode.NO_SUPPORT,
  ErrorCode.OPERATION_UNSUPPORTED,
  ErrorCode.ARGUMENT_UNSUPPORTED,
];
const EXISTING: readonly number[] = [ErrorCode.DOM_EXIST, ErrorCode.NETWORK_EXIST, ErrorCode.STORAGE_VOL_EXIST];

/** Whether the object that a call named is not there (any more). */
export function isNotFound(error: unknown): error is LibvirtError {
  return error instanceof LibvirtError && NOT_FOUND.includes(error.code);
}

/** Whether the caller's AbortSignal ended the call. */
export function isAborted(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError && error.code === "aborted";
}

/** Whether the call had no answer within its deadline. */
export function isTimeout(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError && error.code === "timeout";
}

/** Whether the connection has ended, so that only `reconnect` or another connection helps. */
export function isClosed(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError && error.code === "closed";
}

/** Whether the daemon or its driver does not have what was asked for. */
export function isUnsupported(error: unknown): error is LibvirtError {
  return error instanceof LibvirtError && UNSUPPORTED.includes(error.code);
}

/** Whether the object is not in a state that allows what was asked for: it runs already, or does not run. */
export function isInvalidState(error: unknown): error is LibvirtError {
  return error instanceof LibvirtError && error.code === ErrorCode.OPERATION_INVALID;
}

/** Whether there is an object of that name or UUID already. Some drivers say so only in words: they report a failed operation. */
export function isExisting(error: unknown): error is LibvirtError {
  return error instanceof LibvirtError && EXISTING.includes(error.code);
}
