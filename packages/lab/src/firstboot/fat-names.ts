import { invalidName, type Entry, type Folder } from "./file-tree.js";

/** UCS-2 characters in one long-name entry, and in the longest name. */
const PER_LONG_ENTRY = 13;
const MAX_LONG = 255;

/** What a folder calls an entry: 11 bytes of short name, and the long name where the short one is not the whole truth. */
export interface FatName {
  /** Base (8) and extension (3), filled with spaces, without the dot. */
  readonly short: string;
  readonly long: string | undefined;
}

/** Names for all entries of a folder: short ones are distinct, "LONGNA~1.TXT" where needed. */
export function fatNames(folder: Folder): ReadonlyMap<Entry, FatName> {
  const names = new Map<Entry, FatName>();
  const taken = new Set<string>();
  for (const entry of folder.entries) {
    const name = fatName(entry.name, taken);
    taken.add(name.short);
    names.set(entry, name);
  }
  return names;
}

/** How many directory entries of 32 bytes a name takes. */
export function entriesOf(name: FatName): number {
  return 1 + (name.long === undefined ? 0 : Math.ceil(name.long.length / PER_LONG_ENTRY));
}

/** The long-name entries of a name, last part first, as they stand before the short one. */
export function longNameEntries({ short, long }: FatName): readonly Buffer[] {
  if (long === undefined) return [];
  const count = Math.ceil(long.length / PER_LONG_ENTRY);
  // A name that does not fill its last entry ends with 0, then 0xffff.
  const units = Buffer.alloc(count * PER_LONG_ENTRY * 2, 0xff);
  Buffer.from(`${long}\0`, "utf16le").copy(units);
  const checksum = shortNameChecksum(short);
  return Array.from({ length: count }, (_, index) => {
    const part = units.subarray(index * PER_LONG_ENTRY * 2);
    const entry = Buffer.alloc(32);
    entry.writeUInt8((index + 1) | (index === count - 1 ? 0x40 : 0), 0);
    part.copy(entry, 1, 0, 10);
    entry.writeUInt8(0x0f, 11);
    entry.writeUInt8(checksum, 13);
    part.copy(entry, 14, 10, 22);
    part.copy(entry, 28, 22, 26);
    return entry;
  }).reverse();
}

function fatName(name: string, taken: ReadonlySet<string>): FatName {
  if (name.length > MAX_LONG) throw invalidName(name, `its name has more than ${MAX_LONG} characters`);
  if (/["*/:<>?\\|]/.test(name) || /[. ]$/.test(name)) {
    throw invalidName(name, 'FAT cannot hold " * : < > ? \\ | in names, nor a dot or space at their end');
  }
  const dot = name.lastIndexOf(".");
  const [base, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot + 1)] : [name, ""];
  const exact = shortName(base, extension);
  const isExact =
    base.length <= 8 && extension.length <= 3 && allowed(base) === base && allowed(extension) === extension;
  if (isExact && !taken.has(exact)) return { short: exact, long: undefined };
  for (let number = 1; ; number++) {
    const tail = `~${number}`;
    const short = shortName(allowed(base).slice(0, 8 - tail.length) + tail, extension);
    if (!taken.has(short)) return { short, long: name };
  }
}

function allowed(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z0-9!#$%&'()@^_`{}~-]/g, "_");
}

function shortName(base: string, extension: string): string {
  return allowed(base).slice(0, 8).padEnd(8) + allowed(extension).slice(0, 3).padEnd(3);
}

/** Ties long-name entries to their short name (Microsoft FAT specification, ChkSum). */
function shortNameChecksum(short: string): number {
  let sum = 0;
  for (const byte of Buffer.from(short, "ascii")) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}
