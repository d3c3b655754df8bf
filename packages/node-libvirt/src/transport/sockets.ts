import path from "node:path";
import type { LibvirtUri } from "./uri.js";

/** Where the daemons of a machine listen. /var/run is the same place wherever /run exists, and the only one elsewhere. */
const SYSTEM_DIRECTORIES = ["/run/libvirt", "/var/run/libvirt"];

/** Directory of the user's own daemons: as GLib's g_get_user_runtime_dir, which libvirt uses. */
export function sessionDirectory(env: NodeJS.ProcessEnv = process.env): string {
  const home = env["HOME"] ?? "/";
  const base = env["XDG_RUNTIME_DIR"] ?? env["XDG_CACHE_HOME"] ?? path.join(home, ".cache");
  return path.join(base, "libvirt");
}

/**
 * The sockets that may serve a URI, the one to prefer first: of the driver's own daemon (virtqemud, virtnetworkd, ...), then
 * of the daemon with all drivers (libvirtd, or virtproxyd, which hands on to the others). One connection to a hypervisor
 * driver's daemon reaches everything: for networks, storage, filters and secrets it asks their daemons itself.
 */
export function socketPaths(uri: LibvirtUri, access: { readonly readonly: boolean }): string[] {
  const explicit = uri.parameters.get("socket");
  if (explicit !== undefined) return [explicit];
  // Only the machine's daemons have a socket that may look and not touch.
  const session = uri.path === "/session";
  const suffix = access.readonly && !session ? "sock-ro" : "sock";
  const names = daemonNames(uri).map((name) => `${name}-${suffix}`);
  const directories = session ? [sessionDirectory()] : SYSTEM_DIRECTORIES;
  return directories.flatMap((directory) => names.map((name) => path.join(directory, name)));
}

/** The programs that may serve a session, the one to prefer first. */
export function daemonPrograms(uri: LibvirtUri): string[] {
  return daemonNames(uri).map((name) => (name === "libvirt" ? "libvirtd" : name));
}

function daemonNames({ driver, mode }: LibvirtUri): string[] {
  // The fake hypervisor is part of every daemon and has none of its own.
  if (driver === "test") return ["libvirt", "virtqemud"];
  const direct = `virt${driver}d`;
  if (mode === "direct") return [direct];
  return mode === "legacy" ? ["libvirt"] : [direct, "libvirt"];
}
