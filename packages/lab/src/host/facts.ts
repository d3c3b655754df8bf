import { existsSync, readdirSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import type { HostFacts } from "@labscape/topology";
import type { Host } from "./host.js";
import { isHere } from "./place.js";

/** What a host has, for findings. What its connection cannot tell is absent: file systems and bridges of another machine. */
export async function hostFacts(host: Host, poolPath: string | undefined): Promise<HostFacts> {
  const here = isHere(host);
  const [{ memory, cpus }, diskSize] = await Promise.all([
    host.connection.nodeGetInfo(),
    here ? host.labsDirectory(poolPath).then(fileSystemSize) : undefined,
  ]);
  const bridges = here ? localBridges() : undefined;
  return {
    // libvirt counts KiB.
    memory: Math.floor(Number(memory) / 1024),
    cpuCount: cpus,
    ...(diskSize === undefined ? {} : { diskSize }),
    ...(bridges === undefined ? {} : { bridges }),
  };
}

/** Bytes of the file system that a directory is on, or will be on once it is made. */
async function fileSystemSize(directory: string): Promise<number | undefined> {
  let existing = directory;
  while (!existsSync(existing) && path.dirname(existing) !== existing) existing = path.dirname(existing);
  try {
    const { blocks, bsize } = await statfs(existing);
    return blocks * bsize;
  } catch {
    return undefined; // Not to be read by this user: nothing is known of it.
  }
}

const INTERFACES = "/sys/class/net";

/** Linux shows a folder `bridge` for those of its interfaces that are one. */
function localBridges(): readonly string[] | undefined {
  if (!existsSync(INTERFACES)) return undefined;
  return readdirSync(INTERFACES).filter((name) => existsSync(path.join(INTERFACES, name, "bridge")));
}
