import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Where a path that is written in a manifest leads to.
 *
 * @param written absolute, from the home folder of who runs this (`~/`), or from the folder of the file that holds it.
 * @param file that file: its path, or its URI of the scheme `file`.
 */
export function writtenPath(written: string, file: string): string {
  if (written.startsWith("~/")) return path.join(homedir(), written.slice(2));
  return path.resolve(path.dirname(file.startsWith("file:") ? fileURLToPath(file) : file), written);
}
