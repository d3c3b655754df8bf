import { readFile } from "node:fs/promises";
import type { LabNode } from "@labscape/topology";
import { LabError } from "../errors.js";
import { writtenPath } from "../written-path.js";

/** Reads a text file; the one way in which first boot touches the disk, so that tests and other hosts can stand in. */
export type ReadText = (path: string) => Promise<string>;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Absolute path of what the node's table names; relative paths start at the file that holds the table. */
export function pathOf(node: LabNode, path: string): string {
  return writtenPath(path, node.at.file);
}

/**
 * Reads a text file of the user's.
 *
 * @throws LabError `file-not-found`, `permission-denied`, `not-a-text-file`.
 */
export async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    const text = utf8.decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (error) {
    throw explain(path, error);
  }
  throw notText(path);
}

function explain(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  switch (error.code) {
    case "ENOENT":
    case "ENOTDIR":
      return new LabError(
        "file-not-found",
        `${path} does not exist`,
        "Correct the path in the manifest or the device model; relative paths start at the folder of the file that names them.",
        { cause: error },
      );
    case "EISDIR":
      return new LabError("file-not-found", `${path} is a folder, not a file`, "Name a file in the manifest.", {
        cause: error,
      });
    case "EACCES":
    case "EPERM":
      return new LabError(
        "permission-denied",
        `${path} may not be read`,
        "Make it readable for your user (chmod u+r).",
        { cause: error },
      );
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return notText(path);
    default:
      return error;
  }
}

function notText(path: string): LabError {
  return new LabError(
    "not-a-text-file",
    `${path} is not a text file in UTF-8`,
    "Convert it to UTF-8, or copy it to the node after it has booted.",
  );
}
