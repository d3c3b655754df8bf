import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

export type GuestName = "tiny_linux" | "frr_linux" | "debian_linux";

/** Absolute paths of a built guest. */
export interface GuestImage {
  readonly kernel: string;
  readonly initrd: string;
  /** qcow2, boots from a BIOS. */
  readonly disk: string;
}

/** What the kernel needs to be told when a guest boots without its disk. README.md says why. */
export const guestCommandLine =
  "console=ttyS0 quiet mitigations=off nokaslr random.trust_cpu=on cryptomgr.notests no_timer_check panic=1";

/** A guest's files; builds them first where they are missing. `npm test` keeps them up to date. */
export async function guestImage(name: GuestName): Promise<GuestImage> {
  const output = join(import.meta.dirname, "../../.cache/guests");
  const [kernel, initrd, disk] = ["vmlinuz", "initrd", "disk.qcow2"].map((file) => join(output, name, file));
  if (kernel === undefined || initrd === undefined || disk === undefined) throw new Error("a guest has three files");
  if (![kernel, initrd, disk].every(existsSync)) {
    await promisify(execFile)(join(import.meta.dirname, "build.sh"), [output, name]);
  }
  return { kernel, initrd, disk };
}
