import { LabError } from "../errors.js";
import { fileTree, foldersOf, invalidName, type FileSet, type Folder } from "./file-tree.js";
import { joliet, primary } from "./iso9660-names.js";
import {
  folderRecord,
  folderRecords,
  pathTable,
  SECTOR,
  terminator,
  volumeDescriptor,
  type Extent,
  type Side,
} from "./iso9660-structures.js";
import { EXTENSION_REFERENCE } from "./rock-ridge.js";

/** ECMA-119 keeps the first sectors for boot loaders; the volume descriptors follow. */
const SYSTEM_AREA = 16;
/** How deep folders may lie, the root counted (ECMA-119, 6.8.2.1). */
const MAX_DEPTH = 8;
/** Sectors after the last file: drives read ahead, and some report an error where there is nothing. */
const PADDING = 16;

/**
 * Writes a CD-ROM image: ISO 9660 with names of up to 31 characters (ECMA-119, interchange level 2), Rock Ridge for Unix and
 * Joliet for others. All files belong to root, are readable by all and dated alike: equal input gives equal bytes.
 *
 * @param label volume label, 1 to 16 ASCII characters without spaces. It is written as it is: seeds have labels such as
 *   "config-2", which the standard's own character set lacks.
 * @throws LabError `invalid-file-name`, `invalid-volume-label`.
 */
export function writeIso9660(label: string, files: FileSet): Uint8Array {
  if (!/^[!-~]{1,16}$/.test(label)) {
    throw new LabError(
      "invalid-volume-label",
      `"${label}" cannot be the label of a CD-ROM`,
      "Use 1 to 16 ASCII characters without spaces.",
    );
  }
  const root = fileTree(files);
  const folders = foldersOf(root);
  folders.forEach(checkDepth);
  const leaves = folders.flatMap((folder) => folder.entries.filter((entry) => entry.kind === "file"));

  // What is written does not depend in length on where it lies: first all is given its place, then all is written.
  const layout = new Layout(SYSTEM_AREA + 3);
  const sides = [primary, joliet].map((names): Side => ({ names: names(folders), extents: new Map() }));
  const tables = sides.map((side) => ({
    little: layout.place(pathTable(folders, side, "LE").length),
    big: layout.place(pathTable(folders, side, "BE").length),
  }));
  const reference = layout.place(EXTENSION_REFERENCE.length);
  for (const side of sides) {
    for (const folder of folders) side.extents.set(folder, layout.place(folderRecords(folder, side, reference).length));
  }
  for (const file of leaves) {
    const extent = file.data.length === 0 ? { sector: 0, length: 0 } : layout.place(file.data.length);
    for (const side of sides) side.extents.set(file, extent);
  }

  const image = new Uint8Array((layout.end + PADDING) * SECTOR);
  const put = (data: Uint8Array, sector = 0): void => image.set(data, sector * SECTOR);
  sides.forEach((side, index) => {
    const { little, big } = tables[index] ?? {};
    put(pathTable(folders, side, "LE"), little?.sector);
    put(pathTable(folders, side, "BE"), big?.sector);
    for (const folder of folders) put(folderRecords(folder, side, reference), side.extents.get(folder)?.sector);
    const volume = { label, sectors: image.length / SECTOR, little, big, root: folderRecord(root, side) };
    put(volumeDescriptor(side.names, volume), SYSTEM_AREA + index);
  });
  put(terminator(), SYSTEM_AREA + sides.length);
  put(EXTENSION_REFERENCE, reference.sector);
  for (const file of leaves) if (file.data.length > 0) put(file.data, sides[0]?.extents.get(file)?.sector);
  return image;
}

/** Hands out sectors one after the other. */
class Layout {
  end: number;

  constructor(start: number) {
    this.end = start;
  }

  place(length: number): Extent {
    const sector = this.end;
    this.end += Math.max(1, Math.ceil(length / SECTOR));
    return { sector, length };
  }
}

function checkDepth(folder: Folder): void {
  const names: string[] = [];
  for (let at: Folder | undefined = folder; at !== undefined; at = at.parent) names.unshift(at.name);
  if (names.length > MAX_DEPTH)
    throw invalidName(names.slice(1).join("/"), `folders lie at most ${MAX_DEPTH - 1} deep`);
}
