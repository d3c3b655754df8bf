import { createHash } from "node:crypto";
import { Connection } from "node-libvirt";
import { describe, expect, it } from "vitest";
import { writeFat } from "../../../packages/lab/src/firstboot/fat.js";
import { writeIso9660 } from "../../../packages/lab/src/firstboot/iso9660.js";
import { fatSets, isoSets, type ImageSet } from "../../../packages/lab/test/firstboot/file-sets.js";
import { canRunHypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { bootGuest, defineGuest, testPool, writeVolume } from "./guest.js";

const reason = await canRunHypervisor();

interface Image {
  readonly bytes: Uint8Array;
  /** What the device's name is followed by: the partition. */
  readonly part: string;
  readonly type: string;
  /** Options of `mount`: the ways in which the names can be read. */
  readonly options: readonly string[];
  readonly set: ImageSet;
}

// Rock Ridge keeps names as bytes, Joliet and FAT in Unicode. Joliet names differ in case for whoever looks strictly.
const images: readonly Image[] = [
  ...isoSets.map((set) => ({
    bytes: writeIso9660(set[1], set[2]),
    part: "",
    type: "iso9660",
    options: ["ro", "ro,norock,utf8,check=s"],
    set,
  })),
  ...fatSets.flatMap((set) =>
    [false, true].map((partitioned) => ({
      bytes: writeFat(set[1], set[2], { partitioned }),
      part: partitioned ? "1" : "",
      type: "vfat",
      options: ["ro,utf8"],
      set,
    })),
  ),
];

const device = (index: number): string => `vd${String.fromCharCode("a".charCodeAt(0) + index)}`;

describe.skipIf(reason !== undefined)(`images of ours${reason === undefined ? "" : ` (${reason})`}`, () => {
  let connection: Connection;

  useHypervisor((started) => ({ connection } = started));

  it("are mounted by a guest's kernel, and every file in them has its name and its content", async () => {
    const pool = await testPool(connection);
    const disks = await Promise.all(
      images.map(async ({ bytes }, index) => {
        const path = await writeVolume(pool, `image-${index}`, bytes);
        return `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${path}'/>
          <target dev='${device(index)}' bus='virtio'/><readonly/></disk>`;
      }),
    );
    const domain = await defineGuest(connection, "mounts", { devices: disks.join("") });
    const ask = await bootGuest(connection, domain);
    for (const [index, { part, type, options, set }] of images.entries()) {
      for (const option of options) {
        const volume = `/dev/${device(index)}${part}`;
        const answer = await ask(
          `mount -t ${type} -o ${option} ${volume} /mnt && cd /mnt && ` +
            `find . -type f -exec sha256sum {} + </dev/null; cd /; umount /mnt`,
        );
        expect(answer.split("\n").filter(Boolean).sort(), `${type} ${option}: ${set[0]}`).toEqual(listing(set));
      }
    }
  });
});

/** As `sha256sum` writes it. */
function listing([, , files]: ImageSet): string[] {
  return [...files].map(([path, data]) => `${createHash("sha256").update(data).digest("hex")}  ./${path}`).sort();
}
