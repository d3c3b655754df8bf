import type { DhcpLease, NetworkHandle } from "../protocol/structures.js";
import { NamedHandle } from "./handle.js";
import type { CallOptions } from "./session.js";

/** A virtual network. */
export class Network extends NamedHandle<NetworkHandle> {
  /** Starts it. */
  async create(options?: CallOptions): Promise<void> {
    await this.call("NETWORK_CREATE", { net: this.handle }, options);
  }
  /** Stops it. libvirt does so even while domains use it, and unplugs them. */
  async destroy(options?: CallOptions): Promise<void> {
    await this.call("NETWORK_DESTROY", { net: this.handle }, options);
  }
  async undefine(options?: CallOptions): Promise<void> {
    await this.call("NETWORK_UNDEFINE", { net: this.handle }, options);
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
    await this.call("NETWORK_UPDATE", { net: this.handle, command, section, parentIndex, xml, flags }, options);
  }
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("NETWORK_GET_XML_DESC", { net: this.handle, flags }, options)).xml;
  }
  async getBridgeName(options?: CallOptions): Promise<string> {
    return (await this.call("NETWORK_GET_BRIDGE_NAME", { net: this.handle }, options)).name;
  }
  async isActive(options?: CallOptions): Promise<boolean> {
    return (await this.call("NETWORK_IS_ACTIVE", { net: this.handle }, options)).active !== 0;
  }
  async setAutostart(autostart: boolean, options?: CallOptions): Promise<void> {
    await this.call("NETWORK_SET_AUTOSTART", { net: this.handle, autostart: autostart ? 1 : 0 }, options);
  }
  async getAutostart(options?: CallOptions): Promise<boolean> {
    return (await this.call("NETWORK_GET_AUTOSTART", { net: this.handle }, options)).autostart !== 0;
  }
  async getDhcpLeases(mac?: string, flags = 0, options?: CallOptions): Promise<readonly DhcpLease[]> {
    return (await this.call("NETWORK_GET_DHCP_LEASES", { net: this.handle, mac, needResults: 1, flags }, options))
      .leases;
  }
  /** libvirt 9.7 or newer; older daemons keep the element of the XML they were given, but cannot change it. */
  async getMetadata(type: number, uri?: string, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("NETWORK_GET_METADATA", { optNetwork: this.handle, type, uri, flags }, options)).metadata;
  }
  async setMetadata(
    type: number,
    metadata: string | undefined,
    key?: string,
    uri?: string,
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.call("NETWORK_SET_METADATA", { optNetwork: this.handle, type, metadata, key, uri, flags }, options);
  }
}
