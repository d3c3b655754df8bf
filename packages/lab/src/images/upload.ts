import { createHash, randomUUID, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { ConnectionError, isNotFound, type StoragePool, type StorageVolume } from "node-libvirt";
import { LabError } from "../errors.js";
import { toXml } from "../xml.js";

/** Bytes that go as one stream: what an upload that was cut off does again, at most. */
export const SEGMENT = 32 * 1024 ** 2;
/** Bytes of the volume that keeps an upload's record. */
const RECORD_SIZE = 512;

/** What the store knows of an upload that is not complete. */
interface UploadRecord {
  /** Of the run that works on it. */
  readonly id: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Bytes that the daemon has confirmed. */
  readonly done: number;
  /** Of those bytes. */
  readonly sha256: string;
}

export interface UploadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Bytes. */
  readonly onProgress?: ((progress: { readonly done: number; readonly total: number }) => void) | undefined;
}

/** The volume that keeps an upload's record. No image's name has this form. */
export function recordName(volume: string): string {
  return `${volume}@upload`;
}

/**
 * Uploads a file into a volume, after each segment of which a record tells how far it is. Where an earlier upload of the same
 * bytes was cut off, with its connection or its process, it goes on from there; one of other bytes is begun again.
 * @throws LabError `image-busy` when another process has begun to upload something else in its place.
 */
export async function uploadFile(
  pool: StoragePool,
  file: string,
  volume: string,
  { signal, onProgress }: UploadOptions,
): Promise<{ readonly sha256: string; readonly size: number }> {
  const size = (await stat(file)).size;
  const id = randomUUID();
  const { done: known, digest } = await resumable(pool, file, volume, size);
  if (known === 0) await begin(pool, volume, size);
  const record = (done: number) => writeRecord(pool, volume, { id, size, done, sha256: digest.copy().digest("hex") });
  await record(known);
  const target = await pool.volLookupByName(volume);
  for (let done = known; done < size; done += SEGMENT) {
    const length = Math.min(SEGMENT, size - done);
    const stream = await target.upload(BigInt(done), BigInt(length), 0, { signal });
    const meter = hashing(digest, done, (hashed) => onProgress?.({ done: hashed, total: size }));
    await pipeline(reading(file, done, length), meter, stream, signal === undefined ? {} : { signal });
    await refuseOthers(pool, volume, id);
    await record(done + length);
  }
  await deleteIfThere(pool, recordName(volume));
  return { sha256: digest.digest("hex"), size };
}

/** Whether an upload ended so that a later one can go on, or so that it is another process' affair. */
export function isCutOff(error: unknown): boolean {
  if (error instanceof ConnectionError) return error.code !== "aborted";
  return error instanceof LabError && error.code === "image-busy";
}

/** Removes what there is of an upload. */
export async function discardUpload(pool: StoragePool, volume: string): Promise<void> {
  await deleteIfThere(pool, volume);
  await deleteIfThere(pool, recordName(volume));
}

/** How many bytes of the file the store has already, and the checksum of these so far. */
async function resumable(
  pool: StoragePool,
  file: string,
  volume: string,
  size: number,
): Promise<{ readonly done: number; readonly digest: Hash }> {
  const record = await readRecord(pool, volume);
  if (record?.size === size && record.done <= size && (await find(pool, volume)) !== undefined) {
    const digest = createHash("sha256");
    for await (const chunk of reading(file, 0, record.done)) digest.update(chunk as Buffer);
    if (digest.copy().digest("hex") === record.sha256) return { done: record.done, digest };
  }
  return { done: 0, digest: createHash("sha256") };
}

function hashing(digest: Hash, from: number, onHashed: (bytes: number) => void): Transform {
  let hashed = from;
  return new Transform({
    transform(chunk: Buffer, _encoding, callback) {
      digest.update(chunk);
      hashed += chunk.length;
      onHashed(hashed);
      callback(null, chunk);
    },
  });
}

async function begin(pool: StoragePool, volume: string, size: number): Promise<void> {
  await discardUpload(pool, volume);
  const create = (name: string, capacity: number, mode: string): Promise<StorageVolume> =>
    pool.volCreateXml(
      toXml("volume", {
        name,
        capacity: { "@unit": "bytes", "#text": String(capacity) },
        allocation: "0",
        target: { format: { "@type": "raw" }, permissions: { mode } },
      }),
    );
  await create(volume, size, "0644");
  await create(recordName(volume), RECORD_SIZE, "0600");
}

async function refuseOthers(pool: StoragePool, volume: string, id: string): Promise<void> {
  if ((await readRecord(pool, volume))?.id === id) return;
  throw new LabError(
    "image-busy",
    `another process adds ${volume} to the image store`,
    "Let it end: `labscape image list` then shows the image.",
  );
}

async function writeRecord(pool: StoragePool, volume: string, record: UploadRecord): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(record).padEnd(RECORD_SIZE));
  const target = await pool.volLookupByName(recordName(volume));
  await pipeline(Readable.from([bytes]), await target.upload(0n, BigInt(RECORD_SIZE)));
}

/** Undefined where there is none, or one that was not written to its end. */
async function readRecord(pool: StoragePool, volume: string): Promise<UploadRecord | undefined> {
  const kept = await find(pool, recordName(volume));
  if (kept === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse((await readText(await kept.download())).replaceAll("\0", ""));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { id, size, done, sha256 } = value as Readonly<Partial<Record<keyof UploadRecord, unknown>>>;
  if (typeof id !== "string" || typeof sha256 !== "string") return undefined;
  return Number.isSafeInteger(size) && Number.isSafeInteger(done)
    ? { id, size: Number(size), done: Number(done), sha256 }
    : undefined;
}

function reading(file: string, start: number, length: number): Readable {
  if (length === 0) return Readable.from([]);
  return createReadStream(path.resolve(file), { start, end: start + length - 1, highWaterMark: 1024 ** 2 });
}

async function find(pool: StoragePool, volume: string): Promise<StorageVolume | undefined> {
  try {
    return await pool.volLookupByName(volume);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function deleteIfThere(pool: StoragePool, volume: string): Promise<void> {
  await (await find(pool, volume))?.delete();
}
