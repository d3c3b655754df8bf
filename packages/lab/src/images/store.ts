import type { DeviceModel } from "@labscape/devices";
import type { StoredFile } from "@labscape/topology";
import { isNotFound, type StoragePool } from "node-libvirt";
import type { HostConnection, ImageFile, ImageResolver, ResolvedImage } from "../contracts.js";
import { LabError } from "../errors.js";
import { toLabError } from "../host/index.js";
import { attributeOf, childOf, parseXml, textOf } from "../xml.js";
import { addImage, type AddOptions } from "./add.js";
import { detectFormat } from "./format.js";
import { imageOfSidecar, sidecarName, volumeName, type ImageName } from "./names.js";
import { readSidecar, type Sidecar } from "./sidecar.js";
import { findStorePool, openStorePool } from "./store-pool.js";
import { compareVersions } from "./versions.js";

/** A file of the store. */
export interface StoredImage extends ImageName, Omit<Sidecar, "version"> {}

/** The images of a connection: a libvirt pool that nodes' disks stand on and that is never written to but by `add` and `remove`. */
export class ImageStore implements ImageResolver {
  readonly #host: HostConnection;

  constructor(host: HostConnection) {
    this.#host = host;
  }

  /** @throws LabError, see {@link addImage}. */
  async add(file: string, options: AddOptions): Promise<ImageName> {
    try {
      return await addImage(await openStorePool(this.#host), file, options);
    } catch (error) {
      throw toLabError(error, `adding ${file}`);
    }
  }

  /** All files, by model, then the newest version first. */
  async list(): Promise<readonly StoredImage[]> {
    try {
      const pool = await findStorePool(this.#host);
      if (pool === undefined) return [];
      await pool.refresh();
      const found = (await pool.listAllVolumes()).map(async (volume): Promise<StoredImage | undefined> => {
        const name = imageOfSidecar(volume.name);
        const sidecar = name === undefined ? undefined : await readSidecar(volume);
        if (name === undefined || sidecar === undefined) return undefined;
        const { format, size, virtualSize, sha256, added } = sidecar;
        return { ...name, format, size, virtualSize, sha256, added };
      });
      return (await Promise.all(found))
        .filter((image) => image !== undefined)
        .sort(
          (a, b) =>
            a.model.localeCompare(b.model) || compareVersions(b.version, a.version) || a.file.localeCompare(b.file),
        );
    } catch (error) {
      throw toLabError(error, "reading the image store");
    }
  }

  /** Of some models: the files of each version, the newest version first. For findings. */
  async filesOf(models: ReadonlySet<string>): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly StoredFile[]>>> {
    const pool = await findStorePool(this.#host);
    const images = (pool === undefined ? [] : await imagesOf(pool)).filter(({ model }) => models.has(model));
    const found = await Promise.all(
      images.map(async (image) => {
        const sidecar = await pool?.volLookupByName(sidecarName(image)).then(readSidecar);
        return { ...image, size: sidecar?.virtualSize ?? 0 };
      }),
    );
    found.sort((a, b) => compareVersions(b.version, a.version));
    const result = new Map<string, Map<string, StoredFile[]>>();
    for (const { model, version, file, size } of found) {
      const versions = result.get(model) ?? new Map<string, StoredFile[]>();
      result.set(model, versions.set(version, [...(versions.get(version) ?? []), { name: file, size }]));
    }
    return result;
  }

  /**
   * Deletes all files of a version.
   * @throws LabError `image-not-found-in-store`, `image-in-use`.
   */
  async remove(model: string, version: string): Promise<void> {
    try {
      const pool = await findStorePool(this.#host);
      const all = pool === undefined ? [] : await pool.listAllVolumes();
      // With what an upload left that was cut off.
      const volumes = all.filter(({ name }) => name.startsWith(volumeName({ model, version, file: "" })));
      if (volumes.length === 0) {
        throw new LabError(
          "image-not-found-in-store",
          `there is no ${model} ${version} in the image store`,
          "`labscape image list` shows what is there.",
        );
      }
      const user = await this.#userOf(new Set(await Promise.all(volumes.map((volume) => volume.getPath()))));
      if (user !== undefined) {
        throw new LabError(
          "image-in-use",
          `${model} ${version} is in use: ${user} stands on it`,
          "Destroy the lab first: `labscape status --all` shows which there are.",
        );
      }
      // The records first: what is left when this is cut off is no image any more.
      const records = volumes.filter(({ name }) => imageOfSidecar(name) !== undefined);
      for (const volume of [...records, ...volumes.filter((other) => !records.includes(other))]) await volume.delete();
    } catch (error) {
      throw toLabError(error, `removing ${model} ${version}`);
    }
  }

  async resolve(model: DeviceModel, version?: string, image?: string): Promise<ResolvedImage> {
    if (image !== undefined)
      return {
        version: "",
        disk: await this.#named(image),
        extraDisks: model.hardware.extraDisks.map(() => undefined),
      };
    const pool = await findStorePool(this.#host);
    const images =
      pool === undefined ? [] : (await imagesOf(pool)).filter((candidate) => candidate.model === model.name);
    const [newest] = images.map((candidate) => candidate.version).sort((a, b) => compareVersions(b, a));
    const chosen = version ?? newest;
    const files = images.filter((candidate) => candidate.version === chosen);
    if (pool === undefined || chosen === undefined || files.length === 0) throw notFound(model, version, images);
    const fileOf = (name: string | undefined): ImageName | undefined => files.find(({ file }) => file === name);
    const disk = fileOf(model.image.file);
    const extraDisks = await Promise.all(
      model.hardware.extraDisks.map(({ file }) => this.#extraDisk(pool, model, chosen, file, fileOf(file))),
    );
    if (disk !== undefined) return { version: chosen, disk: await imageFile(pool, disk), extraDisks };
    const kernel = fileOf(model.kernelBoot?.kernel);
    const initrd = fileOf(model.kernelBoot?.initrd);
    if (
      model.kernelBoot === undefined ||
      kernel === undefined ||
      (model.kernelBoot.initrd !== undefined && initrd === undefined)
    ) {
      throw new LabError(
        "image-not-found-in-store",
        `${model.name} ${chosen} has no ${model.image.file} in the image store`,
        addCommand(model, chosen, model.image.file),
      );
    }
    return {
      version: chosen,
      kernel: {
        kernel: (await imageFile(pool, kernel)).path,
        ...(initrd === undefined ? {} : { initrd: (await imageFile(pool, initrd)).path }),
        cmdline: model.kernelBoot.cmdline,
      },
      extraDisks,
    };
  }

  async #extraDisk(
    pool: StoragePool,
    model: DeviceModel,
    version: string,
    file: string | undefined,
    stored: ImageName | undefined,
  ): Promise<ImageFile | undefined> {
    if (file === undefined) return undefined;
    if (stored !== undefined) return imageFile(pool, stored);
    throw new LabError(
      "companion-image-missing",
      `${model.name} ${version} needs ${file} as well, which is not in the image store`,
      `labscape image add FILE --model ${model.name} --version ${version} --as ${file}`,
    );
  }

  /** The manifest's `image`: a path on the hypervisor, or a volume of the store. */
  async #named(image: string): Promise<ImageFile> {
    const { connection, local } = this.#host;
    if (!image.includes("/")) {
      const pool = await findStorePool(this.#host);
      const volume = await pool?.volLookupByName(image).catch((error: unknown) => {
        if (isNotFound(error)) return undefined;
        throw error;
      });
      if (volume === undefined)
        throw new LabError(
          "image-missing",
          `there is no volume ${image} in the image store`,
          "Write a path with a slash for a file (./disk.qcow2), or see `labscape image list`.",
        );
      return volumeFile(await volume.getXmlDesc());
    }
    if (local) {
      const { format, virtualSize, backed } = await detectFormat(image);
      if (format !== "qcow2" && format !== "raw") {
        throw new LabError(
          "not-a-disk-image",
          `${image} is neither a qcow2 nor a raw disk`,
          "`labscape image add` converts other formats.",
        );
      }
      if (backed)
        throw new LabError(
          "image-has-backing-file",
          `${image} stands on another file`,
          "Flatten it first: qemu-img convert -O qcow2 FILE WHOLE.qcow2",
        );
      return { path: image, format, capacity: virtualSize };
    }
    try {
      return volumeFile(await (await connection.storageVolLookupByPath(image)).getXmlDesc());
    } catch (error) {
      if (!isNotFound(error)) throw error;
      throw new LabError(
        "image-missing",
        `${image} is in no storage pool of ${this.#host.uri}`,
        "Add it to the image store with `labscape image add`.",
      );
    }
  }

  /** "POOL/VOLUME" of a disk that stands on one of the files. */
  async #userOf(paths: ReadonlySet<string>): Promise<string | undefined> {
    for (const pool of await this.#host.connection.listAllStoragePools()) {
      if (!(await pool.isActive())) continue;
      for (const volume of await pool.listAllVolumes()) {
        const backing = textOf(childOf(parseXml(await volume.getXmlDesc(), "volume"), "backingStore", "path"));
        if (backing !== undefined && paths.has(backing)) return `${pool.name}/${volume.name}`;
      }
    }
    return undefined;
  }
}

/** The complete images of the pool. */
async function imagesOf(pool: StoragePool): Promise<readonly ImageName[]> {
  const names = new Set((await pool.listAllVolumes()).map(({ name }) => name));
  return [...names].flatMap((name) => {
    const image = imageOfSidecar(name);
    return image !== undefined && names.has(volumeName(image)) ? [image] : [];
  });
}

async function imageFile(pool: StoragePool, name: ImageName): Promise<ImageFile> {
  const [volume, sidecar] = await Promise.all([
    pool.volLookupByName(volumeName(name)),
    pool.volLookupByName(sidecarName(name)).then(readSidecar),
  ]);
  if (sidecar === undefined) {
    throw new LabError(
      "image-record-broken",
      `the record of ${name.model} ${name.version} in the image store cannot be read`,
      `Add the image again: labscape image remove ${name.model} ${name.version}, then labscape image add`,
    );
  }
  return {
    path: await volume.getPath(),
    format: sidecar.format === "qcow2" ? "qcow2" : "raw",
    capacity: BigInt(sidecar.virtualSize),
  };
}

function volumeFile(xml: string): ImageFile {
  const volume = parseXml(xml, "volume");
  const format = attributeOf(childOf(volume, "target", "format"), "type");
  return {
    path: textOf(childOf(volume, "target", "path")) ?? "",
    format: format === "qcow2" ? "qcow2" : "raw",
    capacity: BigInt(textOf(childOf(volume, "capacity")) ?? "0"),
  };
}

function notFound(model: DeviceModel, version: string | undefined, images: readonly ImageName[]): LabError {
  const versions = [...new Set(images.map((image) => image.version))];
  const message =
    version === undefined || versions.length === 0
      ? `there is no image of ${model.name}${version === undefined ? "" : ` ${version}`} in the image store`
      : `there is no version ${version} of ${model.name} in the image store, which has ${versions.join(", ")}`;
  return new LabError("image-not-found-in-store", message, addCommand(model, version));
}

function addCommand(model: DeviceModel, version: string | undefined, file?: string): string {
  const { howTo, url } = model.image;
  return `${[howTo, url ?? ""].join(" ").trim()} Then: labscape image add FILE --model ${model.name} --version ${version ?? "VERSION"}${file === undefined ? "" : ` --as ${file}`}`.trim();
}
