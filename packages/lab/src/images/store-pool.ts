import path from "node:path";
import { isNotFound, type StoragePool } from "node-libvirt";
import type { HostConnection } from "../contracts.js";
import { sessionDirectory } from "../host/index.js";
import { toXml } from "../xml.js";

export const STORE_POOL = "labscape-images";

/** The store's pool, made and started where it is not yet. All labs and users of the connection share it. */
export async function openStorePool(host: HostConnection): Promise<StoragePool> {
  const { connection } = host;
  let pool: StoragePool;
  try {
    pool = await connection.storagePoolLookupByName(STORE_POOL);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    pool = await connection.storagePoolDefineXml(
      toXml("pool", { "@type": "dir", name: STORE_POOL, target: { path: await storeDirectory(host) } }),
    );
  }
  if (await pool.isActive()) return pool;
  await pool.build();
  await pool.create();
  await pool.setAutostart(true);
  return pool;
}

/** The store's pool if there is one; nothing is made. */
export async function findStorePool(host: HostConnection): Promise<StoragePool | undefined> {
  try {
    const pool = await host.connection.storagePoolLookupByName(STORE_POOL);
    return (await pool.isActive()) ? pool : await openStorePool(host);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function storeDirectory(host: HostConnection): Promise<string> {
  if (host.mode === "system") return "/var/lib/libvirt/images/labscape";
  return path.posix.join(await sessionDirectory(host), "images");
}
