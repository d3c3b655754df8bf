import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import type { StoragePool, StorageVolume } from "node-libvirt";
import { toXml } from "../xml.js";

/** What the store records of an image beside its file. */
export interface Sidecar {
  readonly version: 1;
  readonly format: "qcow2" | "raw" | "iso" | "kernel";
  /** Bytes of the file. */
  readonly size: number;
  /** Bytes that a guest sees. */
  readonly virtualSize: number;
  readonly sha256: string;
  /** ISO 8601. */
  readonly added: string;
}

export async function writeSidecar(pool: StoragePool, name: string, sidecar: Sidecar): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(sidecar, undefined, 2)}\n`);
  const volume = await pool.volCreateXml(
    toXml("volume", {
      name,
      capacity: { "@unit": "bytes", "#text": String(bytes.length) },
      target: { format: { "@type": "raw" } },
    }),
  );
  await pipeline(Readable.from([bytes]), await volume.upload(0n, BigInt(bytes.length)));
}

/** Undefined for what is no record of ours (edited by hand, cut off). */
export async function readSidecar(volume: StorageVolume): Promise<Sidecar | undefined> {
  const text = (await buffer(await volume.download())).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    return isSidecar(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const FORMATS: readonly unknown[] = ["qcow2", "raw", "iso", "kernel"];

function isSidecar(value: unknown): value is Sidecar {
  if (typeof value !== "object" || value === null) return false;
  const record = new Map<string, unknown>(Object.entries(value));
  return (
    record.get("version") === 1 &&
    FORMATS.includes(record.get("format")) &&
    Number.isSafeInteger(record.get("size")) &&
    Number.isSafeInteger(record.get("virtualSize")) &&
    typeof record.get("sha256") === "string" &&
    typeof record.get("added") === "string"
  );
}
