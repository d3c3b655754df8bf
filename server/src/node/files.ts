import { readdirSync, statSync, type Dirent } from "node:fs";
import { homedir } from "node:os";
import { readdir, readFile, stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import { canonicalUri } from "../uri.js";
import type { Entry, FileAccess } from "../workspace/file-access.js";

/** A longer file is no manifest that a person wrote, and would only fill the memory. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Files of one folder that completion offers. */
const MAX_FOLDER_ENTRIES = 1000;

/** The disk of this process. Files of other schemes than `file:` are not known here. */
export const diskFiles: FileAccess = {
  home: canonicalUri(pathToFileURL(homedir()).href).replace(/\/$/, ""),

  async read(file) {
    const place = toPath(file);
    if (place === undefined) return undefined;
    try {
      const found = await stat(place);
      // A device or a pipe may never end.
      if (!found.isFile() || found.size > MAX_FILE_BYTES) return undefined;
      return await readFile(place, "utf8");
    } catch {
      return undefined; // Not there, or not for this user: the finding about it says so.
    }
  },

  async entries(folder) {
    const place = toPath(folder);
    if (place === undefined) return undefined;
    try {
      return (await readdir(place, { withFileTypes: true })).map(toEntry);
    } catch {
      return undefined; // No folder, gone meanwhile, or not for this user.
    }
  },

  state(file) {
    const place = toPath(file);
    if (place === undefined) return undefined;
    try {
      const found = statSync(place, { throwIfNoEntry: false });
      if (found === undefined) return "absent";
      return found.isFile() && found.size === 0 ? "empty" : "present";
    } catch {
      return undefined; // In a folder that this user may not look into.
    }
  },

  folder(folder) {
    const place = toPath(folder);
    if (place === undefined) return undefined;
    try {
      return readdirSync(place, { withFileTypes: true }).slice(0, MAX_FOLDER_ENTRIES).map(toEntry);
    } catch {
      return undefined; // No folder, or not for this user.
    }
  },
};

function toEntry(entry: Dirent): Entry {
  return { name: entry.name, folder: entry.isDirectory(), ...(entry.isSymbolicLink() ? { link: true } : {}) };
}

function toPath(file: string): string | undefined {
  if (!file.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(file);
  } catch {
    return undefined; // A URI that is no path here, such as one with another machine's name.
  }
}
