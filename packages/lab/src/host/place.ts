import { homedir } from "node:os";
import path from "node:path";
import { ConnectionError, parseUri } from "node-libvirt";
import type { HostConnection } from "../contracts.js";
import { LabError } from "../errors.js";

/** Whether a URI leads to a daemon's socket on this machine. None, and one that is no URI, lead nowhere else. */
export function isLocalUri(uri: string | undefined): boolean {
  if (uri === undefined) return true;
  try {
    return parseUri(uri).transport === "unix";
  } catch (error) {
    if (error instanceof ConnectionError) return true;
    throw error;
  }
}

/** Behind a socket of the user's own choice may be anything: a forwarded one of another machine, a daemon in a container. */
export function isHere({ local, uri }: Pick<HostConnection, "local" | "uri">): boolean {
  return local && !/[?&]socket=/.test(uri);
}

/**
 * Directory on the hypervisor for what a session daemon's labs and images need, below the home of its user.
 * @throws LabError `pool-path-needed` where that is not to be known.
 */
export async function sessionDirectory(host: Pick<HostConnection, "local" | "uri" | "connection">): Promise<string> {
  if (isHere(host)) {
    return path.join(process.env["XDG_DATA_HOME"] ?? path.join(homedir(), ".local", "share"), "labscape");
  }
  // libvirt has no call for it, but says how it would start QEMU: with which environment, too.
  const command = await host.connection.domainXmlToNative(
    "qemu-argv",
    `<domain type="qemu"><name>labscape</name><memory>65536</memory><os><type>hvm</type></os></domain>`,
  );
  const home = homeIn(command);
  if (home !== undefined) return path.posix.join(home, ".local/share/labscape");
  throw new LabError(
    "pool-path-needed",
    `the home directory on ${host.uri} is not known`,
    "Set host.pool_path in the manifest to a directory there. For images: virsh pool-define-as labscape-images dir --target DIRECTORY",
  );
}

/** The value of HOME in a command line for a shell. */
export function homeIn(command: string): string | undefined {
  const [, quoted, plain] = /(?:^|\s)HOME=(?:'((?:[^']|'\\'')*)'|(\S+))/.exec(command) ?? [];
  const home = quoted?.replaceAll("'\\''", "'") ?? plain;
  return home?.startsWith("/") === true ? home : undefined;
}
