import { posix } from "node:path";
import { buffer } from "node:stream/consumers";
import { isNotFound, LibvirtError, type Connection, type Domain, type StorageVolume } from "node-libvirt";
import { attributeOf, childOf, childrenOf, parseXml } from "../xml.js";

/** A serial console of a domain, as its definition has it. */
export interface SerialConsole {
  /** What libvirt knows it by ("serial0"); undefined where the domain does not run. */
  readonly alias: string | undefined;
  /** File on the hypervisor that all output is written to as well; undefined where there is none. */
  readonly log: string | undefined;
}

/** The domain's serial consoles, in order. */
export async function serialConsoles(domain: Domain): Promise<readonly SerialConsole[]> {
  const devices = childOf(parseXml(await domain.getXmlDesc(), "domain"), "devices");
  return childrenOf(devices, "serial").map((serial) => ({
    alias: attributeOf(childOf(serial, "alias"), "name"),
    log: attributeOf(childOf(serial, "log"), "file"),
  }));
}

/**
 * The last bytes of a log file on the hypervisor. Empty where libvirt cannot read it: there is no pool for its directory, or
 * the pool is busy with something else. A console without a past is a console still.
 */
export async function readLogTail(connection: Connection, path: string, length: number): Promise<Buffer> {
  try {
    const volume = await findVolume(connection, path);
    const { allocation, capacity } = await volume.getInfo();
    const size = capacity > allocation ? capacity : allocation;
    const offset = size > BigInt(length) ? size - BigInt(length) : 0n;
    const bytes = await buffer(await volume.download(offset));
    return bytes.subarray(Math.max(0, bytes.length - length));
  } catch (error) {
    if (error instanceof LibvirtError) return Buffer.alloc(0);
    throw error;
  }
}

/** libvirt learns of files that it did not make itself, such as logs, when the pool is refreshed. */
async function findVolume(connection: Connection, path: string): Promise<StorageVolume> {
  const pool = await connection.storagePoolLookupByTargetPath(posix.dirname(path));
  const name = posix.basename(path);
  try {
    return await pool.volLookupByName(name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  await pool.refresh();
  return pool.volLookupByName(name);
}
