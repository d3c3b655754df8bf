import type { DomainSnapshotHandle } from "../protocol/structures.js";
import { Handle } from "./handle.js";
import type { CallOptions } from "./session.js";

/** A domain's saved state. */
export class DomainSnapshot extends Handle<DomainSnapshotHandle> {
  get name(): string {
    return this.handle.name;
  }

  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("DOMAIN_SNAPSHOT_GET_XML_DESC", { snap: this.handle, flags }, options)).xml;
  }
  async revert(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_REVERT_TO_SNAPSHOT", { snap: this.handle, flags }, options);
  }
  /** flags: SnapshotDeleteFlag. */
  async delete(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SNAPSHOT_DELETE", { snap: this.handle, flags }, options);
  }
}
