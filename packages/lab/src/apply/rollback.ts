import type { Connection } from "node-libvirt";
import { volumePrefix } from "../desire/index.js";
import { directoryName, type LabIdentity } from "../identity/index.js";
import type { Operation, PlannedStep } from "../plan/index.js";
import { operate } from "./operate.js";
import { findPool } from "./pools.js";
import { deleteVolume } from "./volumes.js";

/**
 * Removes what a run has made, last first. What it changed or replaced stays as it is.
 * @param done steps of the run that were begun, in the order of the plan.
 */
export async function rollBack(
  connection: Connection,
  identity: LabIdentity,
  done: readonly PlannedStep[],
): Promise<void> {
  for (const { step, operation } of [...done].reverse()) {
    if (step.action !== "create") continue;
    if (operation.kind === "create-volume") {
      const pool = await findPool(connection, operation.pool);
      if (pool !== undefined) await deleteVolume(pool, operation.volume.name);
      continue;
    }
    const undo = inverse(operation, step.name, identity);
    // What a cancelled run has made is removed to the end.
    if (undo !== undefined) await operate(connection, undo, new AbortController().signal);
  }
}

/** @param machine label of the virtual machine, for its domain. */
function inverse(operation: Operation, machine: string, identity: LabIdentity): Operation | undefined {
  switch (operation.kind) {
    case "create-pool":
      return { kind: "remove-pool", uuid: operation.uuid, directoryName: directoryName(identity) };
    case "create-network":
      return { kind: "remove-network", uuid: operation.uuid };
    case "define-domain":
      return { kind: "remove-domain", uuid: operation.uuid, pool: operation.pool, volumePrefix: volumePrefix(machine) };
    default:
      return undefined;
  }
}
