import { ConnectionError, LibvirtError } from "../errors.js";
import type { Fields, Struct } from "../protocol/codec.js";
import type { Procedure } from "../protocol/procedures.js";
import { error as errorStructure } from "../protocol/structures.js";
import { XdrReader } from "../protocol/xdr.js";

export function aborted(name: string, signal: AbortSignal | undefined): ConnectionError {
  return new ConnectionError("aborted", `${name} was cancelled`, { cause: signal?.reason });
}

/** What the promise settles with, unless the signal fires first: then a ConnectionError "aborted". */
export async function settledOrAborted<T>(work: Promise<T>, signal: AbortSignal | undefined, what: string): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const cancelled = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(aborted(what, signal));
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

export function toError(value: unknown): Error {
  return value instanceof Error ? value : new Error(String(value));
}

/** The error that a payload carries. One that cannot be read is an error too, of this call and no other. */
export function readError(payload: Buffer, name: string): Error {
  try {
    return new LibvirtError(errorStructure.read(new XdrReader(payload)), name);
  } catch (error) {
    return unreadable(`the error that ${name} ended with`, error);
  }
}

export function decode<R extends Fields>(
  codec: Procedure<Fields, R>["results"],
  payload: Buffer,
  name: string,
): Struct<R> {
  try {
    return codec.read(new XdrReader(payload));
  } catch (error) {
    throw unreadable(`the reply to ${name}`, error);
  }
}

function unreadable(what: string, error: unknown): ConnectionError {
  const cause = toError(error);
  return new ConnectionError("protocol", `${what} cannot be read: ${cause.message}`, { cause });
}
