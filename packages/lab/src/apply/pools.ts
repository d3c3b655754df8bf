import { posix } from "node:path";
import { type Connection, isNotFound, LibvirtError, type StoragePool } from "node-libvirt";
import { isOwnVolume } from "../desire/index.js";
import { LabError } from "../errors.js";
import { childOf, parseXml, textOf } from "../xml.js";
import type { OnProgress } from "./progress.js";
import { deleteVolume } from "./volumes.js";

/**
 * Brings the lab's pool up, whatever state it is in.
 * @throws LabError `directory-not-empty` when a new lab's directory has files already: they are somebody's.
 */
export async function createPool(connection: Connection, uuid: string, xml: string): Promise<void> {
  const known = await findPool(connection, uuid);
  const pool = await connection.storagePoolDefineXml(xml);
  if (await pool.isActive()) return;
  await pool.build();
  await pool.create();
  const [stranger] = known === undefined ? await pool.listAllVolumes() : [];
  if (stranger !== undefined) {
    await pool.destroy();
    await pool.undefine();
    throw new LabError(
      "directory-not-empty",
      `the directory of the new lab has files already, for instance ${stranger.key}`,
      "Move them away, or choose another host.pool_path in the manifest.",
    );
  }
  // It is back after a restart of the host, like the lab's domains.
  await pool.setAutostart(true);
}

/** Starts the pool of a lab that is there. */
export async function startPool(pool: StoragePool): Promise<void> {
  if (await pool.isActive()) return;
  await pool.build(); // Somebody may have removed the directory.
  await pool.create();
}

/**
 * Removes the pool with its volumes and its directory.
 * @throws LabError `files-left` when the directory has files that are not the lab's: they stay, and the directory with them.
 */
export async function removePool(
  connection: Connection,
  uuid: string,
  directory: string,
  onProgress: OnProgress,
): Promise<void> {
  const pool = await findPool(connection, uuid);
  if (pool === undefined) return;
  const path = textOf(childOf(parseXml(await pool.getXmlDesc(), "pool"), "target", "path")) ?? "";
  if (posix.basename(path) !== directory) {
    throw new LabError(
      "pool-path-changed",
      `the pool ${pool.name} points to ${path}, which is not the lab's own directory`,
      `Look at it with "virsh pool-dumpxml ${pool.name}" and remove it by hand.`,
    );
  }
  const strangers: string[] = [];
  if (await activate(pool)) {
    await pool.refresh(); // Console logs are volumes only from here on.
    const volumes = await pool.listAllVolumes();
    for (const [index, { name }] of volumes.entries()) {
      if (isOwnVolume(name)) await deleteVolume(pool, name);
      else strangers.push(name);
      onProgress({ done: index + 1, total: volumes.length, unit: "count" });
    }
    await pool.destroy();
    if (strangers.length === 0) await pool.delete();
  }
  await pool.undefine();
  if (strangers.length === 0) return;
  throw new LabError(
    "files-left",
    `${path} has files that are not the lab's and were left alone: ${strangers.join(", ")}`,
    "Remove the directory by hand when you do not need them. Nothing else of the lab is left.",
  );
}

/** Starts a pool that is stopped. @returns false where its directory is gone or is none: then there is nothing in it. */
export async function activate(pool: StoragePool): Promise<boolean> {
  if (await pool.isActive()) return true;
  try {
    await pool.create();
    return true;
  } catch (error) {
    if (error instanceof LibvirtError && /no such file or directory|not a directory/i.test(error.message)) return false;
    throw error;
  }
}

export async function findPool(connection: Connection, uuid: string): Promise<StoragePool | undefined> {
  try {
    return await connection.storagePoolLookupByUuid(uuid);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
