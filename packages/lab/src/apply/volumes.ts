import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isNotFound, type StoragePool } from "node-libvirt";
import type { DesiredVolume } from "../desire/index.js";

/** Makes a volume anew: one of that name that is there is what a run left that was cut off, or is to be replaced. */
export async function createVolume(pool: StoragePool, volume: DesiredVolume): Promise<void> {
  await deleteVolume(pool, volume.name);
  const created = await pool.volCreateXml(volume.xml);
  if (volume.bytes !== undefined) {
    await pipeline(Readable.from([volume.bytes]), await created.upload(0n, BigInt(volume.bytes.length)));
  }
}

/** @returns whether it was there. */
export async function deleteVolume(pool: StoragePool, name: string): Promise<boolean> {
  try {
    await (await pool.volLookupByName(name)).delete();
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
