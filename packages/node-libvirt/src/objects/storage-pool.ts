import type { StoragePoolHandle } from "../protocol/structures.js";
import { NamedHandle } from "./handle.js";
import type { CallOptions, Results } from "./session.js";
import { StorageVolume } from "./storage-volume.js";

/** A place for volumes: usually a directory. */
export class StoragePool extends NamedHandle<StoragePoolHandle> {
  /** Starts it; flags: PoolCreateFlag. */
  async create(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_CREATE", { pool: this.handle, flags }, options);
  }
  /** Makes what it stands on: for a directory pool, the directory. */
  async build(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_BUILD", { pool: this.handle, flags }, options);
  }
  async refresh(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_REFRESH", { pool: this.handle, flags }, options);
  }
  /** Stops it; its contents stay. */
  async destroy(options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_DESTROY", { pool: this.handle }, options);
  }
  /** Removes what it stands on: for a directory pool, the empty directory. It must be stopped. */
  async delete(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_DELETE", { pool: this.handle, flags }, options);
  }
  async undefine(options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_UNDEFINE", { pool: this.handle }, options);
  }
  /** PoolState, and capacity, allocation and available in bytes. */
  async getInfo(options?: CallOptions): Promise<Results<"STORAGE_POOL_GET_INFO">> {
    return this.call("STORAGE_POOL_GET_INFO", { pool: this.handle }, options);
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("STORAGE_POOL_GET_XML_DESC", { pool: this.handle, flags }, options)).xml;
  }
  async isActive(options?: CallOptions): Promise<boolean> {
    return (await this.call("STORAGE_POOL_IS_ACTIVE", { pool: this.handle }, options)).active !== 0;
  }
  async setAutostart(autostart: boolean, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_POOL_SET_AUTOSTART", { pool: this.handle, autostart: autostart ? 1 : 0 }, options);
  }
  async getAutostart(options?: CallOptions): Promise<boolean> {
    return (await this.call("STORAGE_POOL_GET_AUTOSTART", { pool: this.handle }, options)).autostart !== 0;
  }
  async listAllVolumes(flags = 0, options?: CallOptions): Promise<readonly StorageVolume[]> {
    const { vols } = await this.call(
      "STORAGE_POOL_LIST_ALL_VOLUMES",
      { pool: this.handle, needResults: 1, flags },
      options,
    );
    return vols.map((vol) => new StorageVolume(this.session, vol));
  }
  async volLookupByName(name: string, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.call("STORAGE_VOL_LOOKUP_BY_NAME", { pool: this.handle, name }, options);
    return new StorageVolume(this.session, vol);
  }
  /** flags: VolumeCreateFlag. */
  async volCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.call("STORAGE_VOL_CREATE_XML", { pool: this.handle, xml, flags }, options);
    return new StorageVolume(this.session, vol);
  }
  /** A full copy of another volume. */
  async volCreateXmlFrom(xml: string, clone: StorageVolume, flags = 0, options?: CallOptions): Promise<StorageVolume> {
    const { vol } = await this.call(
      "STORAGE_VOL_CREATE_XML_FROM",
      { pool: this.handle, xml, clonevol: clone.handle, flags },
      options,
    );
    return new StorageVolume(this.session, vol);
  }
}
