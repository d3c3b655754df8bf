import type { Readable, Writable } from "node:stream";
import type { StoragePoolHandle, StorageVolumeHandle } from "../protocol/structures.js";
import { DownloadStream, UploadStream } from "../rpc/stream.js";
import type { CallOptions, Results, Session } from "./session.js";

/** A place for volumes: usually a directory. */
export class StoragePool {
  readonly #session: Session;
  readonly handle: StoragePoolHandle;

  constructor(session: Session, handle: StoragePoolHandle) {
    this.#session = session;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }

  /** Starts it; flags: PoolCreateFlag. */
  async create(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_CREATE", { pool: this.handle, flags }, options);
  }
  /** Makes what it stands on: for a directory pool, the directory. */
  async build(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_BUILD", { pool: this.handle, flags }, options);
  }
  async refresh(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_REFRESH", { pool: this.handle, flags }, options);
  }
  /** Stops it; its contents stay. */
  async destroy(options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_DESTROY", { pool: this.handle }, options);
  }
  /** Removes what it stands on: for a directory pool, the empty directory. It must be stopped. */
  async delete(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_DELETE", { pool: this.handle, flags }, options);
  }
  async undefine(options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_POOL_UNDEFINE", { pool: this.handle }, options);
  }
  /** PoolState, and capacity, allocation and available in bytes. */
  async getInfo(options?: CallOptions): Promise<Results<"STORAGE_POOL_GET_INFO">> {
    return this.#session.call("STORAGE_POOL_GET_INFO", { pool: this.handle }, options);
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("STORAGE_POOL_GET_XML_DESC", { pool: this.handle, flags }, options)).xml;
  }
  async isActive(options?: CallOptions): Promise<boolean> {
    return (await this.#session.call("STORAGE_POOL_IS_ACTIVE", { pool: this.handle }, options)).active !== 0;
  }
  async setAutostart(autostart: boolean, options?: CallOptions): Promise<void> {
    await this.#session.call(
      "STORAGE_POOL_SET_AUTOSTART",
      { pool: this.handle, autostart: autostart ? 1 : 0 },
      options,
    );
  }
  async listAllVolumes(flags = 0, options?: CallOptions): Promise<readonly StorageVolume[]> {
    const { vols } = await this.#session.call(
      "STORAGE_POOL_LIST_ALL_VOLUMES",
      { pool: this.handle, needResults: 1, flags },
      options,
    );
    return vols.map((vol) => new StorageVolume(this.#session, vol));
  }
  async volLookupByName(name: string, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.#session.call("STORAGE_VOL_LOOKUP_BY_NAME", { pool: this.handle, name }, options);
    return new StorageVolume(this.#session, vol);
  }
  /** flags: VolumeCreateFlag. */
  async volCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.#session.call("STORAGE_VOL_CREATE_XML", { pool: this.handle, xml, flags }, options);
    return new StorageVolume(this.#session, vol);
  }
  /** A full copy of another volume. */
  async volCreateXmlFrom(xml: string, clone: StorageVolume, flags = 0, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.#session.call(
      "STORAGE_VOL_CREATE_XML_FROM",
      { pool: this.handle, xml, clonevol: clone.handle, flags },
      options,
    );
    return new StorageVolume(this.#session, vol);
  }
}

/** A file or device in a pool. */
export class StorageVolume {
  readonly #session: Session;
  readonly handle: StorageVolumeHandle;

  constructor(session: Session, handle: StorageVolumeHandle) {
    this.#session = session;
    this.handle = handle;
  }

  get pool(): string {
    return this.handle.pool;
  }
  get name(): string {
    return this.handle.name;
  }
  /** Unique on the host; for files, the path. */
  get key(): string {
    return this.handle.key;
  }

  async delete(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_VOL_DELETE", { vol: this.handle, flags }, options);
  }
  async wipe(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_VOL_WIPE", { vol: this.handle, flags }, options);
  }
  /** capacity: bytes; flags: VolumeResizeFlag. */
  async resize(capacity: bigint, flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("STORAGE_VOL_RESIZE", { vol: this.handle, capacity, flags }, options);
  }
  /** Type, and capacity and allocation in bytes. */
  async getInfo(flags = 0, options?: CallOptions): Promise<Results<"STORAGE_VOL_GET_INFO_FLAGS">> {
    return this.#session.call("STORAGE_VOL_GET_INFO_FLAGS", { vol: this.handle, flags }, options);
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("STORAGE_VOL_GET_XML_DESC", { vol: this.handle, flags }, options)).xml;
  }
  /** Path on the hypervisor. */
  async getPath(options?: CallOptions): Promise<string> {
    return (await this.#session.call("STORAGE_VOL_GET_PATH", { vol: this.handle }, options)).name;
  }
  /** Takes `length` bytes from `offset` on (0: to the end of what is written). "finish" means that the daemon has all of it. */
  upload(offset: bigint, length: bigint, flags = 0, options?: CallOptions): Promise<Writable> {
    return this.#session.openStream(
      "STORAGE_VOL_UPLOAD",
      { vol: this.handle, offset, length, flags },
      (wire) => new UploadStream(wire, "STORAGE_VOL_UPLOAD"),
      options,
    );
  }
  /** Gives `length` bytes from `offset` on (0: to the end). */
  download(offset = 0n, length = 0n, flags = 0, options?: CallOptions): Promise<Readable> {
    return this.#session.openStream(
      "STORAGE_VOL_DOWNLOAD",
      { vol: this.handle, offset, length, flags },
      (wire) => new DownloadStream(wire, "STORAGE_VOL_DOWNLOAD"),
      options,
    );
  }
}
