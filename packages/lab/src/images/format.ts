import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import { LabError } from "../errors.js";

/** What a file is, told from its content: names lie. */
export interface FileFormat {
  readonly format: "qcow2" | "raw" | "iso" | "vmdk" | "vdi" | "vhdx" | "vpc" | "kernel" | "archive" | "unknown";
  /** Bytes of the file. */
  readonly size: bigint;
  /** Bytes that a guest sees, where the header says so or the file is the disk itself. */
  readonly virtualSize: bigint;
  /** Whether a qcow2 stands on another file. */
  readonly backed: boolean;
}

/** Enough for the descriptor of an ISO 9660 image, which starts at byte 32768. */
const HEAD = 36 * 1024;

/** @throws LabError `file-not-found`, `permission-denied`. */
export async function detectFormat(file: string): Promise<FileFormat> {
  const handle = await open(file, "r").catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  try {
    const stat = await handle.stat({ bigint: true });
    if (!stat.isFile()) throw new LabError("not-a-disk-image", `${file} is not a file`);
    const head = Buffer.alloc(HEAD);
    const { bytesRead } = await handle.read(head, 0, HEAD, 0);
    return formatOf(head.subarray(0, bytesRead), stat.size);
  } finally {
    await handle.close();
  }
}

/** The same without waiting, for findings. @throws the error of the file system. */
export function detectFormatSync(file: string): FileFormat {
  const descriptor = openSync(file, "r");
  try {
    const head = Buffer.alloc(HEAD);
    const bytesRead = readSync(descriptor, head, 0, HEAD, 0);
    return formatOf(head.subarray(0, bytesRead), fstatSync(descriptor, { bigint: true }).size);
  } finally {
    closeSync(descriptor);
  }
}

/** @param head first bytes of the file, at least 36 KiB where it is that long. @param size bytes of the whole file. */
export function formatOf(head: Buffer, size: bigint): FileFormat {
  const plain = { size, virtualSize: size, backed: false };
  if (starts(head, "QFI\xfb") && head.length >= 32) {
    // qcow2 header: backing file offset at 8, virtual size at 24 (QEMU, docs/interop/qcow2.txt).
    return { format: "qcow2", size, virtualSize: head.readBigUInt64BE(24), backed: head.readBigUInt64BE(8) !== 0n };
  }
  if (starts(head, "KDMV") || starts(head, "COWD") || starts(head, "# Disk DescriptorFile"))
    return { ...plain, format: "vmdk" };
  if (starts(head, "vhdxfile")) return { ...plain, format: "vhdx" };
  if (starts(head, "conectix")) return { ...plain, format: "vpc" };
  if (head.length >= 68 && head.readUInt32LE(64) === 0xbeda107f) return { ...plain, format: "vdi" };
  if (head.length >= 0x8006 && head.toString("latin1", 0x8001, 0x8006) === "CD001") return { ...plain, format: "iso" };
  // "HdrS" in the set-up header of a Linux kernel for x86 (Documentation/arch/x86/boot.rst).
  if (head.length >= 0x206 && head.toString("latin1", 0x202, 0x206) === "HdrS") return { ...plain, format: "kernel" };
  if (ARCHIVES.some((magic) => starts(head, magic)) || head.toString("latin1", 257, 262) === "ustar")
    return { ...plain, format: "archive" };
  if (size > 0n && size % 512n === 0n) return { ...plain, format: "raw" };
  return { ...plain, format: "unknown" };
}

/** gzip, xz, zip, bzip2, zstandard. */
const ARCHIVES = ["\x1f\x8b", "\xfd7zXZ", "PK\x03\x04", "BZh", "\x28\xb5\x2f\xfd"];

function starts(head: Buffer, magic: string): boolean {
  return head.toString("latin1", 0, magic.length) === magic;
}

function unreadable(file: string, cause: unknown): LabError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "ENOENT")
    return new LabError(
      "file-not-found",
      `there is no file ${file}`,
      `Look at what is there: ls ${path.dirname(file)}`,
      { cause },
    );
  return new LabError("permission-denied", `${file} cannot be read`, "Check its permissions.", { cause });
}
