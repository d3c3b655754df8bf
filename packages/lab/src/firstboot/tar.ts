import { gzipSync } from "node:zlib";
import { invalidName, type FileSet } from "./file-tree.js";

const BLOCK = 512;
/** 1 January 2000: archives must not differ by the time at which they were made. */
const MODIFIED = 946_684_800;

/** Writes a tar archive (POSIX ustar), compressed where its name ends in .tgz or .gz. Equal input gives equal bytes. */
export function writeArchive(name: string, files: FileSet): Uint8Array {
  const parts = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, data]) => [header(path, data.length), padded(data)]);
  // Two empty blocks end the archive.
  const tar = Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
  // Without compression: how well it compresses depends on the version of zlib, and with it the bytes.
  return /\.(tgz|gz)$/.test(name) ? gzipSync(tar, { level: 0 }) : tar;
}

function header(path: string, length: number): Buffer {
  if (Buffer.byteLength(path) > 100) throw invalidName(path, "its path in the archive has more than 100 bytes");
  const bytes = Buffer.alloc(BLOCK);
  const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, "0")}\0`;
  bytes.write(path, 0, "utf8");
  bytes.write(octal(0o644, 8), 100);
  bytes.write(octal(0, 8), 108);
  bytes.write(octal(0, 8), 116);
  bytes.write(octal(length, 12), 124);
  bytes.write(octal(MODIFIED, 12), 136);
  bytes.fill(" ", 148, 156);
  bytes.write("0", 156);
  bytes.write("ustar\u000000", 257);
  bytes.write("root", 265);
  bytes.write("root", 297);
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  bytes.write(`${octal(sum, 7)} `, 148);
  return bytes;
}

function padded(data: Uint8Array): Buffer {
  return Buffer.concat([data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK)]);
}
