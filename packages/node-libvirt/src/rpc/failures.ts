import { ConnectionError, LibvirtError } from "../errors.js";
import type { Fields, Struct } from "../protocol/codec.js";
import type { Procedure } from "../protocol/procedures.js";
import { error as errorStructure } from "../protocol/structures.js";
import { XdrReader } from "../protocol/xdr.js";

export function aborted(name: string, signal: AbortSignal | undefined): ConnectionError {
  return new ConnectionError("aborted", `${name} was cancelled`, { cause: signal?.reason });
}

export function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

export function readError(payload: Buffer, name: string): Error {
  return new LibvirtError(errorStructure.read(new XdrReader(payload)), name);
}

export function decode<R extends Fields>(
  codec: Procedure<Fields, R>["results"],
  payload: Buffer,
  name: string,
): Struct<R> {
  try {
    return codec.read(new XdrReader(payload));
  } catch (cause) {
    throw new ConnectionError("protocol", `the reply to ${name} cannot be read: ${toError(cause).message}`, { cause });
  }
}
