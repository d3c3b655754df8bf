import type { NetworkFilterBindingHandle, NetworkFilterHandle } from "../protocol/structures.js";
import { Handle, NamedHandle } from "./handle.js";
import type { CallOptions } from "./session.js";

/** Rules for what may pass an interface. */
export class NetworkFilter extends NamedHandle<NetworkFilterHandle> {
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("NWFILTER_GET_XML_DESC", { optNwfilter: this.handle, flags }, options)).xml;
  }
  async undefine(options?: CallOptions): Promise<void> {
    await this.call("NWFILTER_UNDEFINE", { optNwfilter: this.handle }, options);
  }
}

/** A filter in force on a port. */
export class NetworkFilterBinding extends Handle<NetworkFilterBindingHandle> {
  /** The host's interface, "vnet0" for instance. */
  get portDev(): string {
    return this.handle.portDev;
  }
  get filterName(): string {
    return this.handle.filterName;
  }

  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("NWFILTER_BINDING_GET_XML_DESC", { optNwfilter: this.handle, flags }, options)).xml;
  }
  async delete(options?: CallOptions): Promise<void> {
    await this.call("NWFILTER_BINDING_DELETE", { optNwfilter: this.handle }, options);
  }
}
