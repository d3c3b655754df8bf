import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { ImageFile, LabSecret, ResolvedImage, Seed } from "../contracts.js";
import { LabError } from "../errors.js";
import { toXml } from "../xml.js";
import type { Machine } from "./machines.js";

const GIB = 1024n ** 3n;
const MIB = 1024n ** 2n;

/** A file of the lab's pool, and how to make it. */
export interface DesiredVolume {
  readonly name: string;
  /** Path on the hypervisor. */
  readonly path: string;
  readonly kind: "overlay" | "empty" | "seed" | "secret";
  /** Bytes that the guest sees. */
  readonly capacity: bigint;
  readonly xml: string;
  /** Content to upload. */
  readonly bytes?: Uint8Array;
}

/** Name of the volume that keeps the lab's password. */
export const SECRET_VOLUME = "secret.json";

/** All volumes of a machine begin with this. Neither a node's nor a member's name holds a dot or a plus sign. */
export function volumePrefix(label: string): string {
  return `${label.replace(".", "+")}.`;
}

/** Everything that a lab's pool gets from us or, for console logs, from libvirt on our behalf (virtlogd numbers old ones). */
const OWN_VOLUME =
  /^(secret\.json|lock\.json|[A-Za-z0-9-]+(\+[a-z0-9_]+)?\.(qcow2|disk\d+\.qcow2|seed-[0-9a-f]{12}(\.\w+)?|console\d*\.log(\.\d+)?))$/;

/** Whether a file of a lab's directory is the lab's, by its name. Others may lie there: they are never removed. */
export function isOwnVolume(name: string): boolean {
  return OWN_VOLUME.test(name);
}

export function consoleLogName(label: string, console: number): string {
  return `${volumePrefix(label)}console${console === 0 ? "" : String(console)}.log`;
}

/**
 * A copy-on-write disk over an image.
 * @throws LabError `disk-smaller-than-image`.
 */
export function overlayVolume(
  directory: string,
  name: string,
  image: ImageFile,
  sizeGib: number | undefined,
  node: string,
): DesiredVolume {
  const wanted = sizeGib === undefined ? image.capacity : BigInt(sizeGib) * GIB;
  if (wanted < image.capacity) {
    throw new LabError(
      "disk-smaller-than-image",
      `${node}: boot_disk_size of ${String(sizeGib)} GiB is smaller than its image, which has ${gib(image.capacity)}`,
      "Raise boot_disk_size, or leave it out to get the image's own size.",
    );
  }
  const xml = toXml("volume", {
    name,
    capacity: { "@unit": "bytes", "#text": String(wanted) },
    target: { format: { "@type": "qcow2" } },
    backingStore: { path: image.path, format: { "@type": image.format } },
  });
  return { name, path: posix.join(directory, name), kind: "overlay", capacity: wanted, xml };
}

/** @param size MiB. */
export function emptyVolume(directory: string, name: string, size: number): DesiredVolume {
  const capacity = BigInt(size) * MIB;
  const xml = toXml("volume", {
    name,
    capacity: { "@unit": "bytes", "#text": String(capacity) },
    target: { format: { "@type": "qcow2" } },
  });
  return { name, path: posix.join(directory, name), kind: "empty", capacity, xml };
}

/** The name holds the content's hash: other data is another volume, so a half-written one is never taken for done. */
export function seedVolume(directory: string, label: string, seed: Seed): DesiredVolume {
  const name = `${volumePrefix(label)}seed-${seed.hash.slice(0, 12)}${posix.extname(seed.fileName)}`;
  return rawVolume(directory, name, "seed", seed.bytes, "0600");
}

export function secretVolume(directory: string, secret: LabSecret, userKeys: readonly string[]): DesiredVolume {
  const { password, passwordHash } = secret;
  const text = JSON.stringify({ version: 1, password, passwordHash, userKeys });
  return rawVolume(directory, SECRET_VOLUME, "secret", Buffer.from(text), "0600");
}

function rawVolume(
  directory: string,
  name: string,
  kind: "seed" | "secret",
  bytes: Uint8Array,
  mode: string,
): DesiredVolume {
  const capacity = BigInt(bytes.length);
  const xml = toXml("volume", {
    name,
    capacity: { "@unit": "bytes", "#text": String(capacity) },
    target: { format: { "@type": "raw" }, permissions: { mode } },
  });
  return { name, path: posix.join(directory, name), kind, capacity, xml, bytes };
}

/** The disks of a machine in the order in which its domain has them: boot disk (where it has one), then the model's further disks. */
export function diskVolumes(
  directory: string,
  { label, node }: Pick<Machine, "label" | "node">,
  image: ResolvedImage,
): readonly DesiredVolume[] {
  const prefix = volumePrefix(label);
  const boot =
    image.disk === undefined
      ? []
      : [overlayVolume(directory, `${prefix}qcow2`, image.disk, node.bootDiskSize, node.name)];
  const extra = node.model.hardware.extraDisks.map((disk, index) => {
    const name = `${prefix}disk${index + 1}.qcow2`;
    const file = image.extraDisks[index];
    return file === undefined
      ? emptyVolume(directory, name, disk.size ?? 0)
      : overlayVolume(directory, name, file, undefined, node.name);
  });
  return [...boot, ...extra];
}

/** For facets: what the disks are made from. */
export function imageText(image: ResolvedImage): string {
  const files = [image.disk?.path, ...image.extraDisks.map((file) => file?.path)];
  const version = image.version === "" ? "" : `${image.version} `;
  const paths = files.filter((path) => path !== undefined);
  const digest = createHash("sha256").update(JSON.stringify(paths)).digest("hex").slice(0, 8);
  return paths.length === 0 ? `${version}kernel` : `${version}(${digest})`;
}

export function gib(bytes: bigint): string {
  return `${(Number(bytes) / Number(GIB)).toFixed(1).replace(/\.0$/, "")} GiB`;
}
