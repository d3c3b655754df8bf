import { open, stat } from "node:fs/promises";
import { LabError } from "../errors.js";

/** Bytes of the largest manifest that is read: more than the longest text that the language takes can have. */
export const maxManifestBytes = 64 * 1024 * 1024;

export interface ReadOptions {
  /** Keeps a byte order mark as the first character, for who writes the text back. Without it the text starts behind it. */
  readonly byteOrderMark?: "keep";
}

/**
 * The text of a manifest on this machine's disk.
 * @throws LabError `file-not-found`, `permission-denied`, `too-large`, `not-utf8`.
 */
export async function readManifestText(file: string, { byteOrderMark }: ReadOptions = {}): Promise<string> {
  let bytes: Buffer;
  try {
    const found = await stat(file);
    // A folder has its own message below.
    if (!found.isFile() && !found.isDirectory()) throw notAFile(file);
    bytes = await readBytes(file);
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT")
      throw new LabError(
        "file-not-found",
        `there is no file ${file}`,
        "Name a manifest, or run the command in its folder.",
        { cause },
      );
    if (code === "EISDIR")
      throw new LabError("file-not-found", `${file} is a folder`, "Name the manifest in it.", { cause });
    throw new LabError("permission-denied", `${file} cannot be read`, "Check its permissions.", { cause });
  }
  if (bytes.length > maxManifestBytes)
    throw new LabError(
      "too-large",
      `${file} has more than ${maxManifestBytes / 1024 / 1024} MiB`,
      "Name a manifest: no lab needs a file of this size.",
    );
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: byteOrderMark === "keep" }).decode(bytes);
  } catch (cause) {
    throw new LabError(
      "not-utf8",
      `${file} is not a text in UTF-8`,
      "Save it as UTF-8: TOML knows no other encoding.",
      { cause },
    );
  }
}

/** A device or a pipe may never end, and to open a pipe waits for who writes into it. */
function notAFile(file: string): LabError {
  return new LabError("file-not-found", `${file} is no file`, "Name a manifest, or give it on standard input as -.");
}

/** At most one byte more than a manifest may have: a file may grow while it is read. */
async function readBytes(file: string): Promise<Buffer> {
  const handle = await open(file);
  const chunks: Buffer[] = [];
  const stream: AsyncIterable<Buffer> = handle.createReadStream({ end: maxManifestBytes });
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
