import { LabError } from "../errors.js";
import { entriesOf, fatNames, longNameEntries, type FatName } from "./fat-names.js";
import { SECTOR, smallestGeometry, type Geometry } from "./fat-geometry.js";
import { fileTree, foldersOf, type Entry, type FileSet, type Folder } from "./file-tree.js";
import { PARTITION_START, partitionTable } from "./partition-table.js";

/** All is dated 1 January 2000, 00:00: images must not differ by the time at which they were made. */
const DATE = ((2000 - 1980) << 9) | (1 << 5) | 1;
/** Says which volume it is where a system asks for a disk back; nothing here depends on it. */
const SERIAL_NUMBER = 0x4c414253;
const ATTRIBUTE = { volume: 8, folder: 16, archive: 32 } as const;
const ENTRY = 32;

export interface FatOptions {
  /** Whether the file system is the one partition of a disk (MBR) or the whole disk. */
  readonly partitioned: boolean;
}

/**
 * Writes a disk image with a FAT file system and long names: FAT12 in the shape of a 1.44 MB floppy disk where the files
 * fit and there is no partition table, else the smallest FAT16. Equal input gives equal bytes.
 *
 * @param label volume label, up to 11 ASCII characters. Written as it is, since devices look for labels in small letters.
 * @throws LabError `invalid-file-name`, `invalid-volume-label`, `first-boot-data-too-large`.
 */
export function writeFat(label: string, files: FileSet, options: FatOptions): Uint8Array {
  if (!/^[^"*+,./:;<=>?[\\\]|\p{Cc}]{0,11}$/u.test(label) || /[^ -~]/.test(label)) {
    throw new LabError(
      "invalid-volume-label",
      `"${label}" cannot be the label of a FAT file system`,
      "Use up to 11 ASCII letters, digits, - and _.",
    );
  }
  const root = fileTree(files, (name) => name.toLowerCase());
  const names = new Map<Entry, FatName>(foldersOf(root).flatMap((folder) => [...fatNames(folder)]));
  const entries = foldersOf(root).flatMap((folder) => folder.entries);
  const lengthOf = (entry: Entry): number =>
    entry.kind === "file" ? entry.data.length : ENTRY * (2 + countEntries(entry, names));
  const geometry = smallestGeometry(
    { lengths: entries.map(lengthOf), rootEntries: countEntries(root, names) + (label === "" ? 0 : 1) },
    !options.partitioned,
  );

  const start = options.partitioned ? PARTITION_START : 0;
  const image = Buffer.alloc((start + geometry.sectors) * SECTOR);
  if (options.partitioned) partitionTable(geometry.sectors).copy(image);
  const volume = image.subarray(start * SECTOR);
  bootSector(geometry, label, start).copy(volume);

  const table = new Table(geometry);
  const clusters = new Map<Entry, number>(entries.map((entry) => [entry, table.allocate(lengthOf(entry))]));
  for (const copy of [0, 1]) table.bytes().copy(volume, (1 + copy * geometry.perFat) * SECTOR);
  const clusterOf = (entry: Entry): number => clusters.get(entry) ?? 0;
  for (const folder of foldersOf(root)) {
    const head =
      folder.parent === undefined ? labelEntry(label) : dotEntries(clusterOf(folder), clusterOf(folder.parent));
    const body = folder.entries.flatMap((entry) => {
      const name = names.get(entry);
      return name === undefined ? [] : [...longNameEntries(name), entryOf(entry, name.short, clusterOf(entry))];
    });
    Buffer.concat([...head, ...body]).copy(volume, offsetOf(clusterOf(folder), geometry));
  }
  for (const entry of entries) {
    if (entry.kind === "file" && entry.data.length > 0) volume.set(entry.data, offsetOf(clusterOf(entry), geometry));
  }
  return image;
}

function countEntries(folder: Folder, names: ReadonlyMap<Entry, FatName>): number {
  return folder.entries.reduce((sum, entry) => {
    const name = names.get(entry);
    return sum + (name === undefined ? 0 : entriesOf(name));
  }, 0);
}

/** Where a folder or file begins; the root, which has no cluster, lies before the first. */
function offsetOf(cluster: number, geometry: Geometry): number {
  if (cluster === 0) return geometry.rootStart * SECTOR;
  return (geometry.dataStart + (cluster - 2) * geometry.perCluster) * SECTOR;
}

/** The file allocation table: for each cluster the next one of its file. Files lie in one piece, one after the other. */
class Table {
  readonly #geometry: Geometry;
  readonly #next: number[];

  constructor(geometry: Geometry) {
    this.#geometry = geometry;
    const end = endOfChain(geometry);
    this.#next = [(end & ~0xff) | geometry.media, end];
  }

  /** @returns the first cluster, 0 for nothing. */
  allocate(length: number): number {
    const count = Math.ceil(length / (this.#geometry.perCluster * SECTOR));
    if (count === 0) return 0;
    const first = this.#next.length;
    for (let cluster = first + 1; cluster < first + count; cluster++) this.#next.push(cluster);
    this.#next.push(endOfChain(this.#geometry));
    return first;
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(this.#geometry.perFat * SECTOR);
    this.#next.forEach((value, cluster) => {
      if (this.#geometry.bits === 16) {
        bytes.writeUInt16LE(value, cluster * 2);
        return;
      }
      // Two numbers of 12 bits share three bytes.
      const at = cluster + (cluster >> 1);
      const both = bytes.readUInt16LE(at);
      bytes.writeUInt16LE(cluster % 2 === 0 ? (both & 0xf000) | value : (both & 0x000f) | (value << 4), at);
    });
    return bytes;
  }
}

function endOfChain({ bits }: Geometry): number {
  return bits === 12 ? 0xfff : 0xffff;
}

/** Boot sector with the BIOS parameter block (Microsoft FAT specification, 3.1). */
function bootSector(geometry: Geometry, label: string, start: number): Buffer {
  const bytes = Buffer.alloc(SECTOR);
  bytes.set([0xeb, 0x3c, 0x90], 0);
  bytes.write("MSWIN4.1", 3, "ascii");
  bytes.writeUInt16LE(SECTOR, 11);
  bytes.writeUInt8(geometry.perCluster, 13);
  bytes.writeUInt16LE(1, 14);
  bytes.writeUInt8(2, 16);
  bytes.writeUInt16LE(geometry.rootEntries, 17);
  bytes.writeUInt16LE(geometry.sectors < 0x10000 ? geometry.sectors : 0, 19);
  bytes.writeUInt8(geometry.media, 21);
  bytes.writeUInt16LE(geometry.perFat, 22);
  bytes.writeUInt16LE(geometry.perTrack, 24);
  bytes.writeUInt16LE(geometry.heads, 26);
  bytes.writeUInt32LE(start, 28);
  bytes.writeUInt32LE(geometry.sectors < 0x10000 ? 0 : geometry.sectors, 32);
  bytes.writeUInt8(geometry.media === 0xf0 ? 0 : 0x80, 36);
  bytes.writeUInt8(0x29, 38);
  bytes.writeUInt32LE(SERIAL_NUMBER, 39);
  bytes.write((label === "" ? "NO NAME" : label).padEnd(11), 43, "ascii");
  bytes.write(`FAT${geometry.bits}   `, 54, "ascii");
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}

function entryOf(entry: Entry, short: string, cluster: number): Buffer {
  const isFile = entry.kind === "file";
  return directoryEntry(short, isFile ? ATTRIBUTE.archive : ATTRIBUTE.folder, cluster, isFile ? entry.data.length : 0);
}

function labelEntry(label: string): readonly Buffer[] {
  return label === "" ? [] : [directoryEntry(label.padEnd(11), ATTRIBUTE.volume, 0, 0)];
}

function dotEntries(self: number, parent: number): readonly Buffer[] {
  const dot = (name: string, cluster: number): Buffer => directoryEntry(name.padEnd(11), ATTRIBUTE.folder, cluster, 0);
  return [dot(".", self), dot("..", parent)];
}

function directoryEntry(name: string, attribute: number, cluster: number, length: number): Buffer {
  const bytes = Buffer.alloc(ENTRY);
  bytes.write(name, 0, "ascii");
  bytes.writeUInt8(attribute, 11);
  for (const offset of [16, 18, 24]) bytes.writeUInt16LE(DATE, offset);
  bytes.writeUInt16LE(cluster, 26);
  bytes.writeUInt32LE(length, 28);
  return bytes;
}
