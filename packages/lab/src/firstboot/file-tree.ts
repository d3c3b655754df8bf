import { LabError } from "../errors.js";

/** Files of an image by their path in it: names joined by "/", without a leading one. One that ends in "/" is a folder. */
export type FileSet = ReadonlyMap<string, Uint8Array>;

export interface Folder {
  readonly kind: "folder";
  readonly name: string;
  /** Undefined for the root. */
  readonly parent: Folder | undefined;
  readonly entries: readonly Entry[];
}

export interface LeafFile {
  readonly kind: "file";
  readonly name: string;
  readonly data: Uint8Array;
}

export type Entry = Folder | LeafFile;

interface GrowingFolder extends Folder {
  readonly entries: (GrowingFolder | LeafFile)[];
}

/**
 * Arranges files in folders, in an order that depends on the paths alone: equal sets give equal trees.
 *
 * @param fold maps names that the file system takes for the same to the same string.
 * @throws LabError `invalid-file-name` for a path that no file system can hold, and for two that meet.
 */
export function fileTree(files: FileSet, fold: (name: string) => string = (name) => name): Folder {
  const root: GrowingFolder = { kind: "folder", name: "", parent: undefined, entries: [] };
  for (const [path, data] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (path.endsWith("/")) {
      let folder = root;
      for (const name of path.slice(0, -1).split("/")) {
        check(name, path);
        folder = childFolder(folder, name, path, fold);
      }
      continue;
    }
    const names = path.split("/");
    for (const name of names) check(name, path);
    const fileName = names.pop() ?? "";
    let parent = root;
    for (const name of names) parent = childFolder(parent, name, path, fold);
    if (find(parent, fileName, fold) !== undefined) throw invalidName(path, "another file or folder has its name");
    parent.entries.push({ kind: "file", name: fileName, data });
  }
  return root;
}

/** The folder and all folders below it, breadth first. */
export function foldersOf(root: Folder): readonly Folder[] {
  const folders = [root];
  for (const folder of folders) folders.push(...folder.entries.filter((entry) => entry.kind === "folder"));
  return folders;
}

export function invalidName(path: string, why: string): LabError {
  return new LabError(
    "invalid-file-name",
    `"${path}" cannot be written into a first-boot image: ${why}`,
    "Give the file another name.",
  );
}

function find(
  folder: GrowingFolder,
  name: string,
  fold: (name: string) => string,
): GrowingFolder | LeafFile | undefined {
  return folder.entries.find((entry) => fold(entry.name) === fold(name));
}

function childFolder(parent: GrowingFolder, name: string, path: string, fold: (name: string) => string): GrowingFolder {
  const existing = find(parent, name, fold);
  if (existing?.kind === "folder") return existing;
  if (existing !== undefined) throw invalidName(path, `"${name}" is a file`);
  const created: GrowingFolder = { kind: "folder", name, parent, entries: [] };
  parent.entries.push(created);
  return created;
}

function check(name: string, path: string): void {
  if (name === "" || name === "." || name === "..") throw invalidName(path, "a name in it is empty or relative");
  if (/\p{Cc}/u.test(name)) throw invalidName(path, "it has a control character");
}
