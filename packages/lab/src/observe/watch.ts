import type { Connection, Subscription } from "node-libvirt";
import type { LabStatus } from "../status.js";
import { readStatus } from "./status.js";

export interface Watch {
  /** Reads once more; resolves when the listener has been told. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** A reading is followed by a rest of so many times its length, so that a host of many nodes is not read without end. */
const REST = 3;
/** Milliseconds that a rest takes at most. */
const LONGEST_REST = 1000;

/**
 * Tells the status of all labs on a host now and after every change, by libvirt's events. Changes that come while one is
 * being read, and in the rest after it, give one more reading, not one each.
 *
 * @param onError told when a reading failed; the watch goes on, unless the connection has ended.
 */
export async function watchStatus(
  connection: Connection,
  uri: string,
  listener: (labs: readonly LabStatus[]) => void,
  onError: (error: unknown) => void,
): Promise<Watch> {
  const ended = new AbortController();
  const { signal } = ended;
  let stale = false;
  let reading: Promise<void> | undefined;
  let begun = 0;
  let told = 0;

  const read = async (): Promise<void> => {
    const number = ++begun;
    const labs = await readStatus(connection, uri);
    // Of two readings at a time the one that began later knows better.
    if (signal.aborted || number < told) return;
    told = number;
    listener(labs);
  };
  const readWhileStale = async (): Promise<void> => {
    while (isStale() && !isClosed()) {
      stale = false;
      const start = performance.now();
      try {
        await read();
      } catch (error) {
        if (!signal.aborted) onError(error);
      }
      await rest(Math.min(LONGEST_REST, REST * (performance.now() - start)), signal);
    }
    reading = undefined;
  };
  const changed = (): void => {
    stale = true;
    reading ??= readWhileStale();
  };

  const subscriptions: readonly Subscription[] = await Promise.all([
    connection.subscribe("domain-lifecycle", changed),
    connection.subscribe("domain-metadata-change", changed),
  ]);
  await read();
  return {
    refresh: read,
    async close() {
      ended.abort();
      await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
      await reading;
    },
  };

  function isStale(): boolean {
    return stale;
  }
  function isClosed(): boolean {
    return signal.aborted;
  }
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
  });
}
