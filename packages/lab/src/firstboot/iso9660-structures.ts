import { bothOrders16, bothOrders32 } from "./byte-orders.js";
import { invalidName, type Entry, type Folder } from "./file-tree.js";
import type { NameSpace } from "./iso9660-names.js";

/** Bytes in a sector of a CD-ROM. */
export const SECTOR = 2048;
/** A directory record says its length in one byte, and the length is even. */
const MAX_RECORD = 254;

/** Where something lies: first sector, and length in bytes. */
export interface Extent {
  readonly sector: number;
  readonly length: number;
}

/** One of the two trees of an image: its way with names, and where its folders and files lie (filled as they get their place). */
export interface Side {
  readonly names: NameSpace;
  readonly extents: Map<Entry, Extent>;
}

/** All is dated 1 January 2000, 00:00 UTC: images must not differ by the time at which they were made. */
const RECORD_DATE = Buffer.from([100, 1, 1, 0, 0, 0, 0]);
const VOLUME_DATE = Buffer.concat([Buffer.from("2000010100000000", "ascii"), Buffer.from([0])]);
const NO_DATE = Buffer.concat([Buffer.from("0".repeat(16), "ascii"), Buffer.from([0])]);

/** Directory record (ECMA-119, 9.1). */
function record(identifier: Buffer, entry: Entry, extent: Extent | undefined, systemUse: Buffer): Buffer {
  const nameEnd = even(33 + identifier.length);
  const length = even(nameEnd + systemUse.length);
  if (length > MAX_RECORD) throw invalidName(entry.name, "its name is too long for a CD-ROM");
  const bytes = Buffer.alloc(length);
  bytes.writeUInt8(length, 0);
  bothOrders32(extent?.sector ?? 0).copy(bytes, 2);
  bothOrders32(extent?.length ?? 0).copy(bytes, 10);
  RECORD_DATE.copy(bytes, 18);
  bytes.writeUInt8(entry.kind === "folder" ? 2 : 0, 25);
  bothOrders16(1).copy(bytes, 28);
  bytes.writeUInt8(identifier.length, 32);
  identifier.copy(bytes, 33);
  systemUse.copy(bytes, nameEnd);
  return bytes;
}

/** The record of a folder itself, as the volume descriptor holds it of the root. */
export function folderRecord(folder: Folder, side: Side): Buffer {
  return record(Buffer.from([0]), folder, side.extents.get(folder), Buffer.alloc(0));
}

/** The content of a folder: itself, its parent, its entries in the order of their identifiers. In whole sectors. */
export function folderRecords(folder: Folder, { names, extents }: Side, reference: Extent): Buffer {
  const parent = folder.parent ?? folder;
  const own = names.ownAttributes(folder, folder === parent, reference);
  const identified = folder.entries.map((entry) => ({ entry, identifier: names.identifier(entry) }));
  identified.sort((a, b) => Buffer.compare(a.identifier, b.identifier));
  return inSectors([
    record(Buffer.from([0]), folder, extents.get(folder), own),
    record(Buffer.from([1]), parent, extents.get(parent), names.ownAttributes(parent, false, reference)),
    ...identified.map(({ entry, identifier }) =>
      record(identifier, entry, extents.get(entry), names.attributes(entry)),
    ),
  ]);
}

/** Joins records so that none lies across two sectors. */
function inSectors(records: readonly Buffer[]): Buffer {
  const parts: Buffer[] = [];
  let filled = 0;
  for (const bytes of records) {
    if (filled + bytes.length > SECTOR) {
      parts.push(Buffer.alloc(SECTOR - filled));
      filled = 0;
    }
    parts.push(bytes);
    filled += bytes.length;
  }
  return Buffer.concat([...parts, Buffer.alloc(SECTOR - filled)]);
}

/** Path table (ECMA-119, 9.4): all folders, parents by their number in it. Type L is little-endian, type M big-endian. */
export function pathTable(folders: readonly Folder[], { names, extents }: Side, order: "LE" | "BE"): Buffer {
  const sorted = tableOrder(folders, names);
  const rows = sorted.map((folder) => {
    const identifier = names.identifier(folder);
    const row = Buffer.alloc(even(8 + identifier.length));
    row.writeUInt8(identifier.length, 0);
    const sector = extents.get(folder)?.sector ?? 0;
    const parent = sorted.indexOf(folder.parent ?? folder) + 1;
    row[`writeUInt32${order}`](sector, 2);
    row[`writeUInt16${order}`](parent, 6);
    identifier.copy(row, 8);
    return row;
  });
  return Buffer.concat(rows);
}

/** By level, then by the parent's number, then by identifier (ECMA-119, 6.9.1). */
function tableOrder(folders: readonly Folder[], names: NameSpace): readonly Folder[] {
  const sorted: Folder[] = folders.filter((folder) => folder.parent === undefined);
  for (const parent of sorted) {
    const children = folders.filter((folder) => folder.parent === parent);
    sorted.push(...children.sort((a, b) => Buffer.compare(names.identifier(a), names.identifier(b))));
  }
  return sorted;
}

interface Volume {
  readonly label: string;
  readonly sectors: number;
  readonly little: Extent | undefined;
  readonly big: Extent | undefined;
  /** Record of the root. */
  readonly root: Buffer;
}

/** Primary or supplementary volume descriptor (ECMA-119, 8.4 and 8.5). */
export function volumeDescriptor(names: NameSpace, volume: Volume): Buffer {
  const bytes = descriptor(names.descriptor);
  const text = (offset: number, length: number, value: string): void => {
    bytes.fill(names.encode(" "), offset, offset + length);
    names.encode(value).copy(bytes, offset);
  };
  text(8, 32, "");
  text(40, 32, volume.label);
  bothOrders32(volume.sectors).copy(bytes, 80);
  bytes.write(names.escapes, 88, "ascii");
  bothOrders16(1).copy(bytes, 120);
  bothOrders16(1).copy(bytes, 124);
  bothOrders16(SECTOR).copy(bytes, 128);
  bothOrders32(volume.little?.length ?? 0).copy(bytes, 132);
  bytes.writeUInt32LE(volume.little?.sector ?? 0, 140);
  bytes.writeUInt32BE(volume.big?.sector ?? 0, 148);
  volume.root.copy(bytes, 156);
  // Volume set, publisher, preparer, application; then the files that hold copyright, abstract and bibliography.
  for (const offset of [190, 318, 446, 574]) text(offset, 128, "");
  for (const offset of [702, 739, 776]) text(offset, 37, "");
  VOLUME_DATE.copy(bytes, 813);
  VOLUME_DATE.copy(bytes, 830);
  NO_DATE.copy(bytes, 847);
  NO_DATE.copy(bytes, 864);
  bytes.writeUInt8(1, 881);
  return bytes;
}

/** Ends the list of volume descriptors (ECMA-119, 8.3). */
export function terminator(): Buffer {
  return descriptor(255);
}

function descriptor(type: number): Buffer {
  const bytes = Buffer.alloc(SECTOR);
  bytes.writeUInt8(type, 0);
  bytes.write("CD001", 1, "ascii");
  bytes.writeUInt8(1, 6);
  return bytes;
}

function even(length: number): number {
  return length + (length % 2);
}
