import { readdir, readFile, readlink } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Hypervisor } from "./hypervisor.js";

/** What exists in a hypervisor, each list sorted, so that two inventories can be compared with `toEqual`. */
export interface Inventory {
  /** Domains, running and defined, by name. */
  readonly domains: readonly string[];
  readonly networks: readonly string[];
  readonly pools: readonly string[];
  /** `POOL/VOLUME` of the active pools. */
  readonly volumes: readonly string[];
  /** Names of the QEMU and dnsmasq processes. Ended ones that nobody has waited for yet do not count. */
  readonly processes: readonly string[];
  /** Network interfaces: bridges, taps, veth and `lo`. */
  readonly interfaces: readonly string[];
  /** Files below the hypervisor's directories, without libvirt's log of each domain and its caches. */
  readonly files: readonly string[];
}

/**
 * Lists what is there. Excepted is what libvirt itself leaves after everything was removed: its empty LIBVIRT_* firewall
 * chains, the switched-on IP forwarding, `/var/log/libvirt/qemu/DOMAIN.log`, which no call of its API reaches, and the file
 * that held the process id of a network's dnsmasq.
 */
export async function inventory(hypervisor: Hypervisor): Promise<Inventory> {
  const names = async (...command: string[]): Promise<string[]> => {
    const { stdout } = await hypervisor.exec(["virsh", "--quiet", ...command]);
    return stdout.split("\n").flatMap((line) => line.trim() || []);
  };
  const pools = await names("pool-list", "--all", "--name");
  const active = await names("pool-list", "--name");
  const volumes: string[] = [];
  for (const pool of active) {
    await names("pool-refresh", pool);
    const rows = await names("vol-list", "--pool", pool);
    volumes.push(...rows.map((row) => `${pool}/${row.replace(/\s+\/.*$/, "")}`));
  }
  return {
    domains: (await names("list", "--all", "--name")).sort(),
    networks: (await names("net-list", "--all", "--name")).sort(),
    pools: pools.sort(),
    volumes: volumes.sort(),
    processes: await processes(hypervisor.pid),
    interfaces: await interfaces(hypervisor),
    files: await files(hypervisor.directory),
  };
}

/** Names of the living QEMU and dnsmasq processes in the process namespace of `pid`. */
async function processes(pid: number): Promise<string[]> {
  const namespace = await readlink(`/proc/${pid}/ns/pid`);
  const found: string[] = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      if ((await readlink(`/proc/${entry}/ns/pid`)) !== namespace) continue;
      const stat = await readFile(`/proc/${entry}/stat`, "utf8");
      const [, name = "", state] = /^\d+ \((.*)\) (\S)/s.exec(stat) ?? [];
      if (state !== "Z" && /^(qemu|dnsmasq)/.test(name)) found.push(name);
    } catch {
      // The process ended while we looked.
    }
  }
  return found.sort();
}

async function interfaces(hypervisor: Hypervisor): Promise<string[]> {
  const { stdout } = await hypervisor.exec(["ls", "/sys/class/net"]);
  return stdout.split("\n").filter(Boolean).sort();
}

const libvirtsOwn = /^(log\/qemu\/[^/]+\.log|run\/libvirt\/network\/[^/]+\.pid)$/;

async function files(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith("cache/") && !libvirtsOwn.test(path))
    .sort();
}
