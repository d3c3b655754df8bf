import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isNotFound, type StoragePool } from "node-libvirt";
import type { DesiredVolume } from "../desire/index.js";
import type { OnProgress } from "./progress.js";

/** Bytes between two reports of an upload's progress: most first-boot data is less. */
const PIECE = 1024 ** 2;

/** Makes a volume anew: one of that name that is there is what a run left that was cut off, or is to be replaced. */
export async function createVolume(pool: StoragePool, volume: DesiredVolume, onProgress: OnProgress): Promise<void> {
  await deleteVolume(pool, volume.name);
  const created = await pool.volCreateXml(volume.xml);
  if (volume.bytes !== undefined) {
    const pieces = Readable.from(piecesOf(volume.bytes, onProgress));
    await pipeline(pieces, await created.upload(0n, BigInt(volume.bytes.length)));
  }
}

/** What an upload takes, piece by piece; each is told when the next one is asked for. */
export function* piecesOf(bytes: Uint8Array, onProgress: OnProgress): Generator<Uint8Array> {
  const total = bytes.length;
  for (let done = 0; done < total; done += PIECE) {
    if (done > 0) onProgress({ done, total, unit: "bytes" });
    yield bytes.subarray(done, done + PIECE);
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
