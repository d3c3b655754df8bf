import type { DomainSnapshotHandle } from "../protocol/structures.js";
import type { CallOptions, Session } from "./session.js";

/** A domain's saved state. */
export class DomainSnapshot {
  readonly #session: Session;
  readonly handle: DomainSnapshotHandle;

  constructor(session: Session, handle: DomainSnapshotHandle) {
    this.#session = session;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }

  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("DOMAIN_SNAPSHOT_GET_XML_DESC", { snap: this.handle, flags }, options)).xml;
  }
  async revert(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("DOMAIN_REVERT_TO_SNAPSHOT", { snap: this.handle, flags }, options);
  }
  /** flags: SnapshotDeleteFlag. */
  async delete(flags = 0, options?: CallOptions): Promise<void> {
    await this.#session.call("DOMAIN_SNAPSHOT_DELETE", { snap: this.handle, flags }, options);
  }
}
