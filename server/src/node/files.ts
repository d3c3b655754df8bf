import { readdirSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { opendir, readFile, stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";
import { canonicalUri } from "../uri.js";
import { mayBeManifest, type FileAccess } from "../workspace/file-access.js";

/** A longer file is no manifest that a person wrote, and would only fill the memory. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;
/** Folders that are looked into for manifests, of one workspace folder. */
const MAX_FOLDERS = 20_000;
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

  async *list(folder, signal) {
    const root = toPath(folder);
    const waiting = root === undefined ? [] : [root];
    let count = 0;
    for (let next = waiting.shift(); next !== undefined && count < MAX_FOLDERS; next = waiting.shift()) {
      count++;
      for (const entry of await entries(next)) {
        if (signal.aborted) return;
        const place = path.join(next, entry.name);
        if (entry.isDirectory && !entry.name.startsWith(".") && entry.name !== "node_modules") waiting.push(place);
        else if (entry.isFile && mayBeManifest(entry.name)) yield canonicalUri(pathToFileURL(place).href);
      }
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
      return readdirSync(place, { withFileTypes: true })
        .slice(0, MAX_FOLDER_ENTRIES)
        .map((entry) => ({ name: entry.name, folder: entry.isDirectory() }));
    } catch {
      return undefined; // No folder, or not for this user.
    }
  },
};

interface Entry {
  readonly name: string;
  readonly isDirectory: boolean;
  readonly isFile: boolean;
}

/** In the order of their names, so that the same manifests are found each time when there are too many. */
async function entries(folder: string): Promise<Entry[]> {
  const found: Entry[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      found.push({ name: entry.name, isDirectory: entry.isDirectory(), isFile: entry.isFile() });
    }
  } catch {
    // Gone meanwhile, or not for this user: nothing to find in it.
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function toPath(file: string): string | undefined {
  if (!file.startsWith("file:")) return undefined;
  try {
    return fileURLToPath(file);
  } catch {
    return undefined; // A URI that is no path here, such as one with another machine's name.
  }
}
