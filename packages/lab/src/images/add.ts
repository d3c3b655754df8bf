import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { DeviceModel } from "@labscape/devices";
import { isNotFound, type StoragePool } from "node-libvirt";
import { LabError } from "../errors.js";
import { toXml } from "../xml.js";
import { converted } from "./convert.js";
import { detectFormat, type FileFormat } from "./format.js";
import { checkNamePart, sidecarName, volumeName, type ImageName } from "./names.js";
import { writeSidecar, type Sidecar } from "./sidecar.js";

export interface AddOptions {
  readonly model: DeviceModel;
  readonly version: string;
  /** Name in the store, for models of several files; absent: the file's own name where the model knows it, else the boot disk's. */
  readonly as?: string;
  /** Hexadecimal; the file is refused when its checksum is another one. */
  readonly sha256?: string;
  readonly signal?: AbortSignal;
  /** Bytes. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/**
 * Checks a file, converts it where QEMU would run it slowly or not at all, uploads it and records it.
 * @throws LabError `file-not-found`, `not-a-disk-image`, `image-has-backing-file`, `checksum-mismatch`, `image-exists`, `no-space`, `cancelled`.
 */
export async function addImage(pool: StoragePool, file: string, options: AddOptions): Promise<ImageName> {
  const { model, version } = options;
  const name: ImageName = { model: model.name, version, file: options.as ?? nameInStore(model, path.basename(file)) };
  checkNamePart("a version", version);
  checkNamePart("a file name", name.file);
  const format = await detectFormat(file);
  if (await exists(pool, sidecarName(name))) {
    throw new LabError(
      "image-exists",
      `${model.name} ${version} has a file ${name.file} already`,
      `Remove it first: labscape image remove ${model.name} ${version}`,
    );
  }
  if (format.format === "vmdk" || format.format === "vdi" || format.format === "vhdx" || format.format === "vpc") {
    await converted(file, format.format, options.signal, async (disk) =>
      upload(pool, disk, await detectFormat(disk), name, options),
    );
  } else await upload(pool, file, format, name, options);
  return name;
}

/** Files of a model that has several are recognised by their names; any other file is the boot disk. */
function nameInStore(model: DeviceModel, basename: string): string {
  const known = [
    model.kernelBoot?.kernel,
    model.kernelBoot?.initrd,
    ...model.hardware.extraDisks.map(({ file }) => file),
    ...model.members.flatMap(({ image, hardware }) => [image.file, ...hardware.extraDisks.map(({ file }) => file)]),
  ];
  if (known.includes(basename)) return basename;
  const member = model.members.find(({ image }) =>
    image.fileNames.some((name) => new RegExp(name, "i").test(basename)),
  );
  return member?.image.file ?? model.image.file;
}

async function upload(
  pool: StoragePool,
  file: string,
  found: FileFormat,
  name: ImageName,
  options: AddOptions,
): Promise<void> {
  const format = usable(file, found, name, options.model);
  const total = (await stat(file)).size;
  const volume = volumeName(name);
  // A volume without its record is what an upload left that was cut off.
  if (await exists(pool, volume)) await (await pool.volLookupByName(volume)).delete();
  const target = await pool.volCreateXml(
    toXml("volume", {
      name: volume,
      capacity: { "@unit": "bytes", "#text": String(total) },
      allocation: "0",
      target: { format: { "@type": "raw" }, permissions: { mode: "0644" } },
    }),
  );
  try {
    const digest = createHash("sha256");
    let done = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, callback) {
        digest.update(chunk);
        done += chunk.length;
        options.onProgress?.({ done, total });
        callback(null, chunk);
      },
    });
    const stream = await target.upload(0n, BigInt(total), 0, { signal: options.signal });
    await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), meter, stream, {
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    const sha256 = digest.digest("hex");
    if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
      throw new LabError(
        "checksum-mismatch",
        `${path.basename(file)} has the SHA-256 ${sha256}, not ${options.sha256}`,
        "Download the file again.",
      );
    }
    await writeSidecar(pool, sidecarName(name), {
      version: 1,
      format,
      size: total,
      virtualSize: Number(found.virtualSize),
      sha256,
      added: new Date().toISOString(),
    });
  } catch (error) {
    await target.delete();
    if (options.signal?.aborted === true)
      throw new LabError("cancelled", "adding the image was cancelled; nothing of it is left in the store", "", {
        cause: error,
      });
    throw error;
  }
  // The daemon took the bytes as raw; it looks at the format only now.
  await pool.refresh();
}

/** @throws LabError where the file is nothing that the model could start from. */
function usable(file: string, { format, backed }: FileFormat, name: ImageName, model: DeviceModel): Sidecar["format"] {
  const base = path.basename(file);
  const kernelFile = name.file === model.kernelBoot?.kernel || name.file === model.kernelBoot?.initrd;
  if (kernelFile) return "kernel";
  switch (format) {
    case "qcow2":
      if (backed) {
        throw new LabError(
          "image-has-backing-file",
          `${base} stands on another file and is not whole without it`,
          "Flatten it first: qemu-img convert -O qcow2 FILE WHOLE.qcow2",
        );
      }
      return format;
    case "raw":
    case "iso":
      return format;
    case "archive":
      throw new LabError(
        "not-a-disk-image",
        `${base} is packed`,
        "Unpack it first, and add the disk image that is inside.",
      );
    case "kernel":
    case "unknown":
    case "vmdk":
    case "vdi":
    case "vhdx":
    case "vpc":
      throw new LabError(
        "not-a-disk-image",
        `${base} is not a disk image`,
        `The model ${model.name} starts from ${model.image.formats.join(" or ")}. ${model.image.howTo}`.trim(),
      );
  }
}

async function exists(pool: StoragePool, volume: string): Promise<boolean> {
  try {
    await pool.volLookupByName(volume);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
