import type { DhcpLease, NetworkFilterHandle, NetworkHandle } from "../protocol/structures.js";
import type { CallOptions, Session } from "./session.js";

/** A virtual network. */
export class Network {
  readonly #session: Session;
  readonly handle: NetworkHandle;

  constructor(session: Session, handle: NetworkHandle) {
    this.#session = session;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }

  /** Starts it. */
  async create(options?: CallOptions): Promise<void> {
    await this.#session.call("NETWORK_CREATE", { net: this.handle }, options);
  }
  /** Stops it. libvirt does so even while domains use it, and unplugs them. */
  async destroy(options?: CallOptions): Promise<void> {
    await this.#session.call("NETWORK_DESTROY", { net: this.handle }, options);
  }
  async undefine(options?: CallOptions): Promise<void> {
    await this.#session.call("NETWORK_UNDEFINE", { net: this.handle }, options);
  }
  /** command, section: NetworkUpdate; flags: Affect. */
  async update(
    command: number,
    section: number,
    parentIndex: number,
    xml: string,
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.#session.call(
      "NETWORK_UPDATE",
      { net: this.handle, command, section, parentIndex, xml, flags },
      options,
    );
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("NETWORK_GET_XML_DESC", { net: this.handle, flags }, options)).xml;
  }
  async getBridgeName(options?: CallOptions): Promise<string> {
    return (await this.#session.call("NETWORK_GET_BRIDGE_NAME", { net: this.handle }, options)).name;
  }
  async isActive(options?: CallOptions): Promise<boolean> {
    return (await this.#session.call("NETWORK_IS_ACTIVE", { net: this.handle }, options)).active !== 0;
  }
  async setAutostart(autostart: boolean, options?: CallOptions): Promise<void> {
    await this.#session.call("NETWORK_SET_AUTOSTART", { net: this.handle, autostart: autostart ? 1 : 0 }, options);
  }
  async getAutostart(options?: CallOptions): Promise<boolean> {
    return (await this.#session.call("NETWORK_GET_AUTOSTART", { net: this.handle }, options)).autostart !== 0;
  }
  async getDhcpLeases(mac?: string, flags = 0, options?: CallOptions): Promise<readonly DhcpLease[]> {
    return (
      await this.#session.call("NETWORK_GET_DHCP_LEASES", { net: this.handle, mac, needResults: 1, flags }, options)
    ).leases;
  }
  /** libvirt 9.7 or newer; older daemons keep the element of the XML they were given, but cannot change it. */
  async getMetadata(type: number, uri?: string, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("NETWORK_GET_METADATA", { optNetwork: this.handle, type, uri, flags }, options))
      .metadata;
  }
  async setMetadata(
    type: number,
    metadata: string | undefined,
    key?: string,
    uri?: string,
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.#session.call(
      "NETWORK_SET_METADATA",
      { optNetwork: this.handle, type, metadata, key, uri, flags },
      options,
    );
  }
}

/** A network filter. */
export class NetworkFilter {
  readonly #session: Session;
  readonly handle: NetworkFilterHandle;

  constructor(session: Session, handle: NetworkFilterHandle) {
    this.#session = session;
    this.handle = handle;
  }

  get name(): string {
    return this.handle.name;
  }
  get uuid(): string {
    return this.handle.uuid;
  }

  async undefine(options?: CallOptions): Promise<void> {
    await this.#session.call("NWFILTER_UNDEFINE", { optNwfilter: this.handle }, options);
  }
}
