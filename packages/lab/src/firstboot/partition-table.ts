/** First sector of the one partition: at 1 MiB, where every partitioning tool of today puts it. */
export const PARTITION_START = 2048;

/** Geometry that BIOSes assume for disks that do not say: cylinder, head and sector derive from it. */
const HEADS = 16;
const PER_TRACK = 63;
/** 32 MiB: larger FAT16 partitions have a type of their own. */
const LARGE = 65_536;

/** The first sector of a disk (MBR) with one FAT16 partition of so many sectors. */
export function partitionTable(sectors: number): Buffer {
  const bytes = Buffer.alloc(512);
  // Disk signature: a constant, since nothing tells disks of a guest apart by it.
  bytes.writeUInt32LE(0x4c414253, 440);
  bytes.writeUInt8(0x80, 446);
  address(PARTITION_START).copy(bytes, 447);
  bytes.writeUInt8(sectors < LARGE ? 0x04 : 0x06, 450);
  address(PARTITION_START + sectors - 1).copy(bytes, 451);
  bytes.writeUInt32LE(PARTITION_START, 454);
  bytes.writeUInt32LE(sectors, 458);
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}

/** Head, sector and cylinder; the largest that can be written where the disk goes beyond. */
function address(sector: number): Buffer {
  const cylinder = Math.floor(sector / (HEADS * PER_TRACK));
  if (cylinder > 1023) return Buffer.from([0xfe, 0xff, 0xff]);
  const head = Math.floor(sector / PER_TRACK) % HEADS;
  return Buffer.from([head, (sector % PER_TRACK) + 1 + ((cylinder >> 8) << 6), cylinder & 0xff]);
}
