import { execFile } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

export const run = promisify(execFile);

/** The native binding, as far as it is compared with. */
export interface NativeBinding {
  /** Connects; the calls are made one after the other. */
  open(uri: string): Promise<{ list(): Promise<unknown>; close(): Promise<unknown> }>;
}

const PACKAGE = "@unraid/libvirt";
const VERSION = "2.2.1";

/**
 * The binding, compiled into a folder of its own: it is no dependency, since it only installs where libvirt's headers and a
 * compiler are. A string says why it is not there.
 */
export async function nativeBinding(root: string): Promise<NativeBinding | string> {
  const folder = path.join(root, "node_modules/.cache/bench-libvirt");
  const library = path.join(folder, "node_modules", PACKAGE);
  try {
    if (!(await exists(path.join(library, "build/Release/libvirt.node")))) {
      if (!(await exists("/usr/include/libvirt/libvirt.h"))) return "libvirt's headers (libvirt-dev) are not installed";
      await mkdir(folder, { recursive: true });
      await run("npm", [
        "install",
        "--prefix",
        folder,
        "--no-save",
        "--no-audit",
        "--no-fund",
        `${PACKAGE}@${VERSION}`,
      ]);
      await run("npm", ["rebuild", "--prefix", folder, "--foreground-scripts", PACKAGE]);
    }
    const loaded: unknown = await import(pathToFileURL(path.join(library, "dist/index.js")).href);
    return adapt(loaded);
  } catch (error) {
    return `it cannot be installed here: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`;
  }
}

/** The shape of the binding that is used. */
interface Hypervisor {
  connectOpen(): Promise<unknown>;
  connectListAllDomains(): Promise<unknown>;
  connectClose(): Promise<unknown>;
}

function adapt(loaded: unknown): NativeBinding {
  if (typeof loaded !== "object" || loaded === null || !("Hypervisor" in loaded))
    throw new Error(`${PACKAGE} has no Hypervisor`);
  // A border: the package's own types are not here when it is not installed.
  const { Hypervisor } = loaded as { Hypervisor: new (options: { uri: string }) => Hypervisor };
  return {
    async open(uri) {
      const hypervisor = new Hypervisor({ uri });
      await hypervisor.connectOpen();
      return { list: () => hypervisor.connectListAllDomains(), close: () => hypervisor.connectClose() };
    },
  };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
