import type { Connection, Subscription } from "node-libvirt";
import { labKey, type ResourceMetadata } from "../identity/index.js";
import type { LabStatus } from "../status.js";
import { TrafficMeter, type LabTraffic } from "../traffic/index.js";
import { readLabs, type ReadLabs } from "./status.js";

export interface Watch {
  /** Reads once more; resolves when the listener has been told. */
  refresh(): Promise<void>;
  /** For what passes cables. It reads nothing by itself. */
  meter(): Meter;
  close(): Promise<void>;
}

export interface Meter {
  /** What passed the cables of these labs in a second, from the last call until now; nothing is known at the first one. */
  read(labs: readonly Pick<LabStatus, "name" | "owner">[]): Promise<readonly LabTraffic[]>;
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
  let domains: ReadLabs["domains"] = [];

  const read = async (): Promise<void> => {
    const number = ++begun;
    const now = await readLabs(connection, uri);
    // Of two readings at a time the one that began later knows better.
    if (signal.aborted || number < told) return;
    told = number;
    domains = now.domains;
    listener(now.labs);
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
    meter() {
      const meter = new TrafficMeter(connection);
      return {
        read(labs) {
          const wanted = new Set(labs.map(({ owner, name }) => labKey(owner, name)));
          const isWanted = ({ owner, lab }: ResourceMetadata): boolean => wanted.has(labKey(owner, lab));
          return meter.measure(domains.filter(({ metadata }) => isWanted(metadata)));
        },
      };
    },
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
