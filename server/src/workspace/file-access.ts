import type { FolderEntry } from "@labscape/topology";

/**
 * The files around the open documents. Each place that the server runs in has its own way to them: the disk in a process,
 * the client in a browser's worker, none at all. Files are named by canonical URIs.
 */
export interface FileAccess {
  /** The text of a file; undefined when there is no such file or it cannot be read as a text. */
  read(file: string): Promise<string | undefined>;
  /** Files of a folder, and of the folders in it, that may be manifests by their name. */
  list(folder: string, signal: AbortSignal): AsyncIterable<string>;
  /** Canonical URI of the home folder `~` of whoever the files are read for, without a slash at its end. */
  readonly home?: string;
  /** What a path leads to; undefined: not known. Absent where that cannot be told without waiting. */
  state?(file: string): "present" | "empty" | "absent" | undefined;
  /** What a folder holds, for completion; undefined: it cannot be listed. Absent where that cannot be told without waiting. */
  folder?(folder: string): readonly FolderEntry[] | undefined;
}

/** Names that manifests may have; `manifest.toml` may be another tool's. */
export function mayBeManifest(name: string): boolean {
  return name.endsWith(".lab.toml") || name === "lab.toml" || name === "manifest.toml";
}

export const noFiles: FileAccess = {
  read: () => Promise.resolve(undefined),
  async *list() {
    // There are none.
  },
};
