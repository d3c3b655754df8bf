import { LabError } from "../errors.js";

/** Bytes in a sector. */
export const SECTOR = 512;
/** Bytes of a 3.5 inch floppy disk. */
const FLOPPY_SECTORS = 2880;
/** Fewer clusters make a file system FAT12, more FAT16, 65,525 or more FAT32: the count decides, nothing else does. */
const FAT16_CLUSTERS = 4085;
const FAT32_CLUSTERS = 65_525;

/** The measures of a file system, in sectors unless said otherwise. */
export interface Geometry {
  readonly bits: 12 | 16;
  readonly sectors: number;
  readonly perCluster: number;
  readonly clusters: number;
  readonly perFat: number;
  /** Entries of 32 bytes in the root folder. */
  readonly rootEntries: number;
  readonly media: 0xf0 | 0xf8;
  readonly perTrack: number;
  readonly heads: number;
  /** First sector of the root folder, and of the first cluster. */
  readonly rootStart: number;
  readonly dataStart: number;
}

export interface Demand {
  /** Bytes of each file, and of each folder but the root. */
  readonly lengths: readonly number[];
  /** Entries of 32 bytes in the root folder. */
  readonly rootEntries: number;
}

/** A 1.44 MB floppy disk where the files fit on one, else the smallest FAT16 that they fit on. */
export function smallestGeometry(demand: Demand, floppy: boolean): Geometry {
  if (floppy) {
    const geometry = measure(FLOPPY_SECTORS, 1, Math.max(224, roundUp(demand.rootEntries, 16)), true);
    if (fits(geometry, demand)) return geometry;
  }
  const rootEntries = Math.max(512, roundUp(demand.rootEntries, 16));
  for (let perCluster = 1; perCluster <= 64; perCluster *= 2) {
    const clusters = Math.max(FAT16_CLUSTERS + 16, clustersOf(demand, perCluster));
    const perFat = Math.ceil(((clusters + 2) * 2) / SECTOR);
    const sectors = 1 + 2 * perFat + rootEntries / 16 + clusters * perCluster;
    const geometry = measure(sectors, perCluster, rootEntries, false);
    if (geometry.clusters < FAT32_CLUSTERS && fits(geometry, demand)) return geometry;
  }
  throw new LabError(
    "first-boot-data-too-large",
    "the files of a first-boot disk do not fit on a FAT16 file system of 2 GiB",
    "Put large files into the image, or copy them after the node has booted.",
  );
}

function measure(sectors: number, perCluster: number, rootEntries: number, floppy: boolean): Geometry {
  const rootSectors = rootEntries / 16;
  const bits = floppy ? 12 : 16;
  const clustersBeside = (perFat: number): number => Math.floor((sectors - 1 - rootSectors - 2 * perFat) / perCluster);
  // Larger tables leave fewer clusters, which need smaller tables: take the smallest table that covers what it leaves.
  let perFat = 1;
  while (Math.ceil(((clustersBeside(perFat) + 2) * bits) / 8 / SECTOR) > perFat) perFat++;
  return {
    bits,
    sectors,
    perCluster,
    clusters: clustersBeside(perFat),
    perFat,
    rootEntries,
    media: floppy ? 0xf0 : 0xf8,
    perTrack: floppy ? 18 : 63,
    heads: floppy ? 2 : 16,
    rootStart: 1 + 2 * perFat,
    dataStart: 1 + 2 * perFat + rootSectors,
  };
}

function fits(geometry: Geometry, demand: Demand): boolean {
  return clustersOf(demand, geometry.perCluster) <= geometry.clusters;
}

function clustersOf(demand: Demand, perCluster: number): number {
  return demand.lengths.reduce((sum, length) => sum + Math.ceil(length / (perCluster * SECTOR)), 0);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
