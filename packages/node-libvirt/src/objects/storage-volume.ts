import type { Readable, Writable } from "node:stream";
import type { StorageVolumeHandle } from "../protocol/structures.js";
import { VolumeTransferFlag } from "../flags/storage.js";
import { DownloadStream, UploadStream } from "../rpc/stream.js";
import type { StreamWire } from "../rpc/wire.js";
import { Handle } from "./handle.js";
import type { CallOptions, Results } from "./session.js";

/** A file or device in a pool. */
export class StorageVolume extends Handle<StorageVolumeHandle> {
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
    await this.call("STORAGE_VOL_DELETE", { vol: this.handle, flags }, options);
  }
  async wipe(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_VOL_WIPE", { vol: this.handle, flags }, options);
  }
  /** capacity: bytes; flags: VolumeResizeFlag. */
  async resize(capacity: bigint, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("STORAGE_VOL_RESIZE", { vol: this.handle, capacity, flags }, options);
  }
  /** VolumeType, and capacity and allocation in bytes; flags: VolumeInfoFlag. */
  async getInfo(flags = 0, options?: CallOptions): Promise<Results<"STORAGE_VOL_GET_INFO_FLAGS">> {
    // The call with flags is newer; without flags the old one does the same in every driver.
    if (flags === 0) return this.call("STORAGE_VOL_GET_INFO", { vol: this.handle }, options);
    return this.call("STORAGE_VOL_GET_INFO_FLAGS", { vol: this.handle, flags }, options);
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("STORAGE_VOL_GET_XML_DESC", { vol: this.handle, flags }, options)).xml;
  }
  /** Path on the hypervisor. */
  async getPath(options?: CallOptions): Promise<string> {
    return (await this.call("STORAGE_VOL_GET_PATH", { vol: this.handle }, options)).name;
  }
  /**
   * Takes `length` bytes from `offset` on (0: to the end of what is written). "finish" means that the daemon has all of it.
   * flags: VolumeTransferFlag; with SPARSE_STREAM zeros are not sent and become holes.
   */
  async upload(offset = 0n, length = 0n, flags = 0, options?: CallOptions): Promise<Writable> {
    const name = "STORAGE_VOL_UPLOAD";
    const sparse = (flags & VolumeTransferFlag.SPARSE_STREAM) !== 0;
    const make = (wire: StreamWire): UploadStream => new UploadStream(wire, name, sparse);
    return (await this.session.openStream(name, { vol: this.handle, offset, length, flags }, make, options)).sink;
  }
  /**
   * Gives `length` bytes from `offset` on (0: to the end). flags: VolumeTransferFlag; with SPARSE_STREAM holes are not sent, and are
   * given as zeros here.
   */
  async download(offset = 0n, length = 0n, flags = 0, options?: CallOptions): Promise<Readable> {
    const name = "STORAGE_VOL_DOWNLOAD";
    const make = (wire: StreamWire): DownloadStream => new DownloadStream(wire, name);
    return (await this.session.openStream(name, { vol: this.handle, offset, length, flags }, make, options)).sink;
  }
}
