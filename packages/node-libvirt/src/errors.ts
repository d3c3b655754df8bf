import type { Decoded } from "./protocol/codec.js";
import type { error as errorStructure } from "./protocol/structures.js";

/** An error that the libvirt daemon reported. */
export class LibvirtError extends Error {
  override readonly name = "LibvirtError";
  /** One of {@link ErrorCode} (virErrorNumber). */
  readonly code: number;
  /** The part of libvirt that raised it, one of {@link ErrorDomain} (virErrorDomain). */
  readonly domain: number;
  /** 1 warning, 2 error (virErrorLevel). */
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

/** virErrorNumber of libvirt's include/libvirt/virterror.h: the codes that callers tell apart. */
export const ErrorCode = {
  INTERNAL_ERROR: 1,
  NO_MEMORY: 2,
  NO_SUPPORT: 3,
  INVALID_ARG: 8,
  OPERATION_FAILED: 9,
  XML_ERROR: 27,
  DOM_EXIST: 28,
  OPERATION_DENIED: 29,
  NETWORK_EXIST: 37,
  SYSTEM_ERROR: 38,
  RPC: 39,
  NO_DOMAIN: 42,
  NO_NETWORK: 43,
  AUTH_FAILED: 45,
  NO_STORAGE_POOL: 49,
  NO_STORAGE_VOL: 50,
  OPERATION_INVALID: 55,
  NO_NWFILTER: 62,
  CONFIG_UNSUPPORTED: 67,
  OPERATION_TIMEOUT: 68,
  NO_DOMAIN_SNAPSHOT: 72,
  INVALID_STREAM: 73,
  OPERATION_ABORTED: 78,
  AUTH_CANCELLED: 79,
  NO_DOMAIN_METADATA: 80,
  OPERATION_UNSUPPORTED: 84,
  AGENT_UNRESPONSIVE: 86,
  RESOURCE_BUSY: 87,
  ACCESS_DENIED: 88,
  STORAGE_VOL_EXIST: 90,
  XML_INVALID_SCHEMA: 92,
  AUTH_UNAVAILABLE: 94,
  DEVICE_MISSING: 99,
  NO_NETWORK_METADATA: 110,
} as const;

/** virErrorDomain: the parts of libvirt that callers tell apart. */
export const ErrorDomain = {
  NONE: 0,
  RPC: 7,
  QEMU: 10,
  TEST: 12,
  REMOTE: 13,
  STORAGE: 18,
  NETWORK: 19,
  DOMAIN: 20,
} as const;

const NOT_FOUND: readonly number[] = [
  ErrorCode.NO_DOMAIN,
  ErrorCode.NO_NETWORK,
  ErrorCode.NO_STORAGE_POOL,
  ErrorCode.NO_STORAGE_VOL,
  ErrorCode.NO_NWFILTER,
  ErrorCode.NO_DOMAIN_SNAPSHOT,
  ErrorCode.NO_DOMAIN_METADATA,
  ErrorCode.NO_NETWORK_METADATA,
];

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
