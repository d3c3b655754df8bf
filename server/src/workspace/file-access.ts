import type { FolderEntry } from "@labscape/topology";
import { canonicalUri } from "../uri.js";

/** Folders that are looked into for manifests, of one workspace folder. */
const MAX_FOLDERS = 20_000;

/** What a folder holds. */
export interface Entry extends FolderEntry {
  /** A symbolic link; `folder` need not tell what it leads to. */
  readonly link?: boolean;
}

/**
 * The files around the open documents. Each place that the server runs in has its own way to them: the disk in a process,
 * the client in a browser's worker, none at all. Files are named by canonical URIs.
 */
export interface FileAccess {
  /** The text of a file; undefined when there is no such file or it cannot be read as a text. */
  read(file: string): Promise<string | undefined>;
  /** What a folder holds; undefined when there is no such folder or it cannot be looked into. */
  entries(folder: string): Promise<readonly Entry[] | undefined>;
  /** Canonical URI of the home folder `~` of whoever the files are read for, without a slash at its end. */
  readonly home?: string;
  /** What a path leads to; undefined: not known. Absent where that cannot be told without waiting. */
  state?(file: string): "present" | "empty" | "absent" | undefined;
  /** The same as `entries`, for completion. Absent where that cannot be told without waiting. */
  folder?(folder: string): readonly FolderEntry[] | undefined;
}

/** Names that manifests may have; `manifest.toml` may be another tool's. */
export function mayBeManifest(name: string): boolean {
  return name.endsWith(".lab.toml") || name === "lab.toml" || name === "manifest.toml";
}

/**
 * Files of a folder, and of the folders in it, that may be manifests by their name: the nearest first, those of one folder
 * in the order of their names, so that the same ones are found each time when there are too many.
 */
export async function* manifestsIn(files: FileAccess, folder: string, signal: AbortSignal): AsyncIterable<string> {
  const waiting = [folder];
  let count = 0;
  for (let next = waiting.shift(); next !== undefined && count < MAX_FOLDERS; next = waiting.shift()) {
    count++;
    const entries = [...((await files.entries(next)) ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (signal.aborted) return;
      if (entry.link === true) continue; // It is found in its own place, where that counts.
      const place = canonicalUri(`${next}/${encodeURIComponent(entry.name)}`);
      if (!entry.folder && mayBeManifest(entry.name)) yield place;
      else if (entry.folder && !entry.name.startsWith(".") && entry.name !== "node_modules") waiting.push(place);
    }
  }
}

export const noFiles: FileAccess = {
  read: () => Promise.resolve(undefined),
  entries: () => Promise.resolve(undefined),
};

/** The disk for what is on it (`file:`), another way for everything else: a workspace need not be on a disk. */
export function diskAnd(disk: FileAccess, other: FileAccess): FileAccess {
  const of = (file: string): FileAccess => (file.startsWith("file:") ? disk : other);
  return {
    ...(disk.home === undefined ? {} : { home: disk.home }),
    read: (file) => of(file).read(file),
    entries: (folder) => of(folder).entries(folder),
    state: (file) => of(file).state?.(file),
    folder: (folder) => of(folder).folder?.(folder),
  };
}
