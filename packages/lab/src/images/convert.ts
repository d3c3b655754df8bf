import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LabError } from "../errors.js";

/**
 * Converts a disk image to qcow2 in a temporary file and removes that when `use` has ended.
 * @throws LabError `qemu-img-missing`, `conversion-failed`, `cancelled`.
 */
export async function converted<T>(
  file: string,
  format: "vmdk" | "vdi" | "vhdx" | "vpc",
  signal: AbortSignal | undefined,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "labscape-image-"));
  try {
    const target = path.join(folder, "disk.qcow2");
    await qemuImg(["convert", "-f", format, "-O", "qcow2", file, target], signal);
    return await use(target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function qemuImg(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("qemu-img", args, {
      stdio: ["ignore", "ignore", "pipe"],
      ...(signal === undefined ? {} : { signal }),
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2000)));
    child.once("error", (cause: NodeJS.ErrnoException) => {
      if (signal?.aborted === true) reject(new LabError("cancelled", "the conversion was cancelled"));
      else
        reject(
          new LabError(
            "qemu-img-missing",
            `qemu-img cannot be started: ${cause.message}`,
            "Install it: apt install qemu-utils",
            { cause },
          ),
        );
    });
    child.once("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new LabError(
            "conversion-failed",
            `qemu-img could not convert the image: ${said.trim()}`,
            "Check that the file is complete.",
          ),
        );
    });
  });
}
