import path from "node:path";
import type { DeviceModel } from "@labscape/devices";
import { isNotFound, type StoragePool } from "node-libvirt";
import { LabError } from "../errors.js";
import { converted } from "./convert.js";
import { detectFormat, type FileFormat } from "./format.js";
import { checkNamePart, sidecarName, volumeName, type ImageName } from "./names.js";
import { readSidecar, writeSidecar, type Sidecar } from "./sidecar.js";
import { discardUpload, isCutOff, uploadFile } from "./upload.js";

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
 * Checks a file, converts it where QEMU would run it slowly or not at all, uploads it and records it. An upload that was cut
 * off goes on where it was.
 * @throws LabError `file-not-found`, `not-a-disk-image`, `image-has-backing-file`, `checksum-mismatch`, `image-exists`,
 *   `image-busy`, `no-space`, `cancelled`.
 */
export async function addImage(pool: StoragePool, file: string, options: AddOptions): Promise<ImageName> {
  const { model, version } = options;
  const name: ImageName = { model: model.name, version, file: options.as ?? nameInStore(model, path.basename(file)) };
  checkNamePart("a version", version);
  checkNamePart("a file name", name.file);
  const format = await detectFormat(file);
  if (await isComplete(pool, name)) {
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
  const volume = volumeName(name);
  try {
    const { sha256, size } = await uploadFile(pool, file, volume, options);
    if (options.sha256 !== undefined && options.sha256.toLowerCase() !== sha256) {
      throw new LabError(
        "checksum-mismatch",
        `${path.basename(file)} has the SHA-256 ${sha256}, not ${options.sha256}`,
        "Download the file again.",
      );
    }
    const virtualSize = Number(found.virtualSize);
    const added = new Date().toISOString();
    await writeSidecar(pool, sidecarName(name), { version: 1, format, size, virtualSize, sha256, added });
  } catch (error) {
    if (!isCutOff(error)) await discardUpload(pool, volume);
    if (options.signal?.aborted !== true) throw error;
    throw new LabError("cancelled", "adding the image was cancelled; nothing of it is left in the store", "", {
      cause: error,
    });
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

/** Whether the image is there to its end; a record that was cut off is taken away. */
async function isComplete(pool: StoragePool, name: ImageName): Promise<boolean> {
  try {
    const record = await pool.volLookupByName(sidecarName(name));
    if ((await readSidecar(record)) !== undefined) return true;
    await record.delete();
    return false;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
