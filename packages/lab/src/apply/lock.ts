import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { type Connection, ErrorCode, isNotFound, LibvirtError, type StorageVolume } from "node-libvirt";
import { LabError } from "../errors.js";
import { childOf, parseXml, textOf, toXml } from "../xml.js";
import { activate, findPool } from "./pools.js";
import { deleteVolume } from "./volumes.js";

const LOCK_VOLUME = "lock.json";
/** A lock without content older than this, in milliseconds, belongs to a process that died between making and writing it. */
const WRITING_TIME = 10_000;

/** Ids of the locks that this process holds: one of its own that could not be given back, when a connection was lost, is dead. */
const held = new Set<string>();

/** Who works on a lab. */
interface Holder {
  readonly id: string;
  readonly purpose: string;
  readonly user: string;
  readonly host: string;
  /** Differs after each start of the machine. */
  readonly boot: string;
  readonly pid: number;
  /** Tells the process from a later one of the same number. */
  readonly processStart: string;
  readonly since: string;
}

export interface LabLock {
  release(): Promise<void>;
}

/**
 * Takes the advisory lock of a lab: a volume of its pool that only one process can create. A lab without pool has none.
 * A lock whose process has ended on this machine is taken over.
 *
 * @throws LabError `lab-busy` that says who holds it.
 */
export async function acquireLock(connection: Connection, poolUuid: string, purpose: string): Promise<LabLock> {
  const pool = await findPool(connection, poolUuid);
  if (pool === undefined || !(await activate(pool))) return { release: () => Promise.resolve() };
  const holder = await ownHolder(purpose);
  const content = Buffer.from(JSON.stringify(holder));
  const xml = toXml("volume", {
    name: LOCK_VOLUME,
    capacity: { "@unit": "bytes", "#text": String(content.length) },
    target: { format: { "@type": "raw" } },
  });
  for (;;) {
    try {
      const volume = await pool.volCreateXml(xml);
      await pipeline(Readable.from([content]), await volume.upload(0n, BigInt(content.length)));
      held.add(holder.id);
      return {
        release: () => {
          held.delete(holder.id);
          return releaseLock(connection, poolUuid);
        },
      };
    } catch (error) {
      if (!(error instanceof LibvirtError) || error.code !== ErrorCode.STORAGE_VOL_EXIST) throw error;
    }
    try {
      await refuseLiving(await pool.volLookupByName(LOCK_VOLUME), pool.name);
      await deleteVolume(pool, LOCK_VOLUME);
    } catch (error) {
      if (!isNotFound(error)) throw error; // Released meanwhile: try again.
    }
  }
}

/** The pool may be gone, with the lock in it: destroy removes it last of all. */
async function releaseLock(connection: Connection, poolUuid: string): Promise<void> {
  const pool = await findPool(connection, poolUuid);
  if (pool !== undefined && (await pool.isActive())) await deleteVolume(pool, LOCK_VOLUME);
}

async function refuseLiving(volume: StorageVolume, pool: string): Promise<void> {
  const holder = readHolder(await readText(await volume.download()));
  const mend = `If that is not so, remove its lock: virsh vol-delete --pool ${pool} ${LOCK_VOLUME}`;
  if (holder === undefined) {
    if (Date.now() - (await modified(volume)) > WRITING_TIME) return;
    throw new LabError("lab-busy", "another process begins to work on this lab", mend);
  }
  if (await hasEnded(holder)) return;
  throw new LabError(
    "lab-busy",
    `${holder.user} on ${holder.host} works on this lab since ${holder.since} (${holder.purpose}, process ${holder.pid})`,
    `Wait until that is done. ${mend}`,
  );
}

async function ownHolder(purpose: string): Promise<Holder> {
  return {
    id: randomUUID(),
    purpose,
    user: userInfo().username,
    host: hostname(),
    boot: await bootIdentity(),
    pid: process.pid,
    processStart: (await processStart(process.pid)) ?? "",
    since: new Date().toISOString(),
  };
}

/** True only where it is certain: the process was one of this machine, and is there no more or has given up the lock. */
async function hasEnded(holder: Holder): Promise<boolean> {
  if (holder.host !== hostname()) return false;
  if (holder.boot !== (await bootIdentity())) return true;
  if (!exists(holder.pid)) return true;
  const start = await processStart(holder.pid);
  if (start !== undefined && start !== holder.processStart) return true;
  return holder.pid === process.pid && !held.has(holder.id);
}

/** Empty where the system gives none. */
async function bootIdentity(): Promise<string> {
  return (await readIfPresent("/proc/sys/kernel/random/boot_id")).trim();
}

/** From the start time in clock ticks (proc(5), stat field 22); "ended" for a zombie, undefined where it cannot be known. */
async function processStart(pid: number): Promise<string | undefined> {
  const stat = await readIfPresent(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (stat === "") return undefined;
  if (fields[0] === "Z") return "ended"; // The first of these fields is field 3, the state.
  return createHash("sha256")
    .update(`${pid}/${fields[19] ?? ""}`)
    .digest("hex")
    .slice(0, 16);
}

/** Also when it belongs to another user. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return "";
  }
}

async function modified(volume: StorageVolume): Promise<number> {
  const time = textOf(childOf(parseXml(await volume.getXmlDesc(), "volume"), "target", "timestamps", "mtime"));
  return Number(time ?? "0") * 1000;
}

/** Undefined for a lock that is not written yet. */
function readHolder(text: string): Holder | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const field = (name: string): string => {
    const found = fields[name];
    return typeof found === "string" ? found : "";
  };
  return {
    id: field("id"),
    purpose: field("purpose"),
    user: field("user"),
    host: field("host"),
    boot: field("boot"),
    pid: Number(fields["pid"]),
    processStart: field("processStart"),
    since: field("since"),
  };
}
