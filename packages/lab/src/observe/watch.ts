import type { Connection, Subscription } from "node-libvirt";
import type { LabStatus } from "../status.js";
import { readStatus } from "./status.js";

export interface Watch {
  close(): Promise<void>;
}

/**
 * Tells a lab's status now and after every change, by libvirt's events. Changes that come while one is being read give one
 * more reading, not one each. A lab of which nothing is there has no nodes.
 *
 * @param onError told when a reading failed; the watch goes on, unless the connection has ended.
 */
export async function watchStatus(
  connection: Connection,
  uri: string,
  lab: string,
  owner: string,
  listener: (status: LabStatus) => void,
  onError: (error: unknown) => void,
): Promise<Watch> {
  let closed = false;
  let stale = false;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    const labs = await readStatus(connection, uri, lab);
    const found = labs.find((status) => status.owner === owner);
    if (!isClosed()) listener(found ?? { name: lab, owner, uri, manifest: "", nodes: [], links: [] });
  };
  const readWhileStale = async (): Promise<void> => {
    while (isStale() && !isClosed()) {
      stale = false;
      try {
        await read();
      } catch (error) {
        if (!isClosed()) onError(error);
      }
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
    async close() {
      closed = true;
      await Promise.all(subscriptions.map((subscription) => subscription.unsubscribe()));
      await reading;
    },
  };

  function isClosed(): boolean {
    return closed;
  }
  function isStale(): boolean {
    return stale;
  }
}
