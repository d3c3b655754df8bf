import { invalidName, type Entry, type Folder } from "./file-tree.js";
import { posixAttributes, startOfFolder } from "./rock-ridge.js";

/** How one of the two trees of an image, ISO 9660's own or Joliet's, writes names. */
export interface NameSpace {
  /** Volume descriptor type (ECMA-119, 8.1.1): 1 primary, 2 supplementary. */
  readonly descriptor: 1 | 2;
  /** Escape sequences of the supplementary descriptor: they say which character set it uses. */
  readonly escapes: string;
  /** Text of a descriptor's field. */
  encode(text: string): Buffer;
  /** What a directory record or path table calls the entry. */
  identifier(entry: Entry): Buffer;
  /** System use area of the entry's record. */
  attributes(entry: Entry): Buffer;
  /** System use area of a folder's records of itself and of its parent. */
  ownAttributes(
    folder: Folder,
    isRoot: boolean,
    reference: { readonly sector: number; readonly length: number },
  ): Buffer;
}

/** Characters of a file's name and extension together, without separators (ECMA-119, 7.5.1 and 7.6.3). */
const MAX_PRIMARY = 30;
/** UCS-2 characters of a Joliet name. */
const MAX_JOLIET = 64;

/** ISO 9660's own names: capitals, digits and underscores; with Rock Ridge, which keeps the real ones beside them. */
export function primary(folders: readonly Folder[]): NameSpace {
  const identifiers = new Map<Entry, Buffer>();
  for (const folder of folders) {
    const taken = new Set<string>();
    for (const entry of folder.entries) {
      const name = primaryName(entry, taken);
      taken.add(name);
      identifiers.set(entry, Buffer.from(entry.kind === "file" ? `${name};1` : name, "ascii"));
    }
  }
  return {
    descriptor: 1,
    escapes: "",
    encode: (text) => Buffer.from(text, "latin1"),
    identifier: (entry) => identifiers.get(entry) ?? Buffer.from([0]),
    attributes: posixAttributes,
    ownAttributes: startOfFolder,
  };
}

/** Joliet's names: UCS-2, big-endian. */
export function joliet(folders: readonly Folder[]): NameSpace {
  for (const { name } of folders.flatMap((folder) => folder.entries)) {
    if (name.length > MAX_JOLIET) throw invalidName(name, `its name has more than ${MAX_JOLIET} characters`);
    if (/[*/:;?\\]/.test(name)) throw invalidName(name, "a CD-ROM cannot hold * : ; ? and \\ in names");
  }
  const encode = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();
  return {
    descriptor: 2,
    escapes: "%/E",
    encode,
    identifier: (entry) => {
      if (entry.name === "") return Buffer.from([0]);
      return encode(entry.kind === "file" ? `${entry.name};1` : entry.name);
    },
    attributes: () => Buffer.alloc(0),
    ownAttributes: () => Buffer.alloc(0),
  };
}

/** The nearest name that ISO 9660 allows, with a number at the end where the folder has that already. */
function primaryName(entry: Entry, taken: ReadonlySet<string>): string {
  const allowed = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9_]/g, "_");
  const dot = entry.kind === "file" ? entry.name.lastIndexOf(".") : -1;
  const extension = dot > 0 ? allowed(entry.name.slice(dot + 1)).slice(0, MAX_PRIMARY - 1) : "";
  const base = allowed(dot > 0 ? entry.name.slice(0, dot) : entry.name);
  const room = MAX_PRIMARY - extension.length;
  for (let number = 0; ; number++) {
    const suffix = number === 0 ? "" : String(number);
    const shortened = base.slice(0, room - suffix.length) + suffix;
    const name = entry.kind === "file" ? `${shortened}.${extension}` : shortened;
    if (!taken.has(name)) return name;
  }
}
