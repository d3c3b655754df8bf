import type { Connection } from "node-libvirt";
import { LabError } from "../errors.js";
import type { Operation } from "../plan/index.js";
import {
  defineDomain,
  removeDomain,
  resumeDomain,
  setLink,
  startDomain,
  stopDomain,
  suspendDomain,
  updateDomain,
} from "./domains.js";
import { createNetwork, removeNetwork, replaceNetwork, startNetwork, updateNetworkHosts } from "./networks.js";
import { createPool, findPool, removePool, startPool } from "./pools.js";
import type { OnProgress } from "./progress.js";
import { shutDownDomain } from "./shut-down.js";
import { createVolume } from "./volumes.js";
import { replugWires } from "./wires.js";

/**
 * Does what a step says. Doing it twice is doing it once.
 * @param signal ends what may take long, with LabError `cancelled`; what is quick goes on to its end.
 * @param onProgress told by what may take long.
 */
export async function operate(
  connection: Connection,
  operation: Operation,
  signal: AbortSignal,
  onProgress: OnProgress = () => undefined,
): Promise<void> {
  switch (operation.kind) {
    case "create-pool":
      return createPool(connection, operation.uuid, operation.xml);
    case "start-pool":
      return startPool(await requirePool(connection, operation.uuid));
    case "remove-pool":
      return removePool(connection, operation.uuid, operation.directoryName, onProgress);
    case "create-volume":
      return createVolume(await requirePool(connection, operation.pool), operation.volume, onProgress);
    case "grow-volume": {
      const volume = await (await requirePool(connection, operation.pool)).volLookupByName(operation.volume.name);
      return volume.resize(operation.volume.capacity);
    }
    case "create-network":
      return createNetwork(connection, operation.xml);
    case "start-network":
      return startNetwork(connection, operation.uuid);
    case "replace-network":
      return replaceNetwork(connection, operation.uuid, operation.xml);
    case "update-network-hosts":
      return updateNetworkHosts(connection, operation.uuid, operation.remove, operation.add);
    case "remove-network":
      return removeNetwork(connection, operation.uuid);
    case "define-domain":
      return defineDomain(connection, operation.xml, operation.pool, operation.drop);
    case "stop-domain":
      return stopDomain(connection, operation.uuid);
    case "shut-down-domain":
      return shutDownDomain(connection, operation.uuid, operation.patience, signal);
    case "suspend-domain":
      return suspendDomain(connection, operation.uuid);
    case "resume-domain":
      return resumeDomain(connection, operation.uuid);
    case "set-link":
      return setLink(connection, operation.uuid, operation.nic, operation.resource);
    case "set-autostart":
      return (await connection.domainLookupByUuid(operation.uuid)).setAutostart(operation.autostart);
    case "update-domain":
      return updateDomain(connection, operation);
    case "replug-wires":
      return replugWires(connection, operation);
    case "start-domain":
      return startDomain(connection, operation.uuid, operation.sshPort);
    case "remove-domain":
      return removeDomain(connection, operation.uuid, operation.pool, operation.volumePrefix);
  }
}

async function requirePool(connection: Connection, uuid: string): ReturnType<Connection["storagePoolLookupByUuid"]> {
  const pool = await findPool(connection, uuid);
  if (pool !== undefined) return pool;
  throw new LabError("pool-missing", "the lab's storage pool is gone", "Run the command again: it makes a new one.");
}
