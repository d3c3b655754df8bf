import { fileSet } from "../tools.js";

/** Name, label and files of images that try the corners of a format; read back by other programs and by a guest's kernel. */
export type ImageSet = readonly [name: string, label: string, files: Map<string, Uint8Array>];

export const isoSets: readonly ImageSet[] = [
  ["NoCloud", "cidata", fileSet({ "user-data": "#cloud-config\n", "meta-data": "x: 1\n", "network-config": "" })],
  [
    "config drive",
    "config-2",
    fileSet({
      "openstack/latest/meta_data.json": "{}",
      "openstack/latest/user_data": "x",
      "openstack/content/0000": "y",
    }),
  ],
  ["no files", "EMPTY", fileSet({})],
  [
    "names that need more than ISO 9660 has",
    "LABEL_OF_16_CHAR",
    fileSet({
      "a.b.c.tar.gz": "1",
      "a-b.c.tar.gz": "2",
      ".hidden": "3",
      "naïve résumé €.txt": "4",
      [`${"long".repeat(14)}.conf`]: "5",
      [`${"long".repeat(14)}.cfg`]: "6",
      "dir.with.dots/Same": "7",
      "dir.with.dots/same": "8",
    }),
  ],
  [
    "more entries than a sector holds, and files of many sectors",
    "big",
    fileSet({
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`many/file-${i}.txt`, `content ${i}`])),
      "large.bin": Buffer.alloc(5 * 2048 + 1, 7),
      "even.bin": Buffer.alloc(2 * 2048, 9),
      "1/2/3/4/5/6/7/deep": "deep",
    }),
  ],
];

export const fatSets: readonly ImageSet[] = [
  ["one short name", "CONFIG", fileSet({ "CONFIG.TXT": "hostname r1\n" })],
  ["a label in small letters", "vmm-data", fileSet({ "vmm-config.tgz": Buffer.alloc(3000, 1) })],
  ["no files, no label", "", fileSet({})],
  [
    "long names, and short ones that meet",
    "cidata",
    fileSet({
      "user-data": "1",
      "meta-data": "2",
      "network-config": "3",
      "longname-one.conf": "4",
      "longname-two.conf": "5",
      exactly13char: "6",
      "naïve résumé €.txt": "7",
      ".hidden": "8",
      [`${"x".repeat(250)}.cfg`]: "9",
      UPPER: "",
    }),
  ],
  [
    "folders",
    "DEEP",
    fileSet({
      "EFI/boot/startup.nsh": "exit",
      "EFI/boot/other.conf": "o",
      "a/b/c/d.txt": "d",
      ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`many/a longer name ${i}.txt`, `content ${i}`])),
    }),
  ],
  ["more than a floppy disk holds", "LARGE", fileSet({ "image.bin": Buffer.alloc(3_000_000, 5), "b.txt": "b" })],
  ["more than 32 MiB", "LARGER", fileSet({ "image.bin": Buffer.alloc(40_000_000, 6), "b.txt": "b" })],
];
