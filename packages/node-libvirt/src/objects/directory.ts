import type { DomainHandle, HostInterface, TypedParam } from "../protocol/structures.js";
import { Domain } from "./domain.js";
import { Host } from "./host.js";
import { Network } from "./network.js";
import { NetworkFilter, NetworkFilterBinding } from "./nwfilter.js";
import type { CallOptions } from "./session.js";
import { StoragePool } from "./storage-pool.js";
import { StorageVolume } from "./storage-volume.js";

/** Figures of one domain, by name ("state.state", "net.0.rx.bytes", ...). */
export interface DomainStatsRecord {
  readonly domain: Domain;
  readonly params: readonly TypedParam[];
}

/** How a connection finds, defines and creates the daemon's objects. */
export abstract class Directory extends Host {
  /** flags: ListDomainsFlag, 0 for all. */
  async listAllDomains(flags = 0, options?: CallOptions): Promise<readonly Domain[]> {
    const { domains } = await this.call("CONNECT_LIST_ALL_DOMAINS", { needResults: 1, flags }, options);
    return domains.map((dom) => this.domain(dom));
  }
  async listAllNetworks(flags = 0, options?: CallOptions): Promise<readonly Network[]> {
    const { nets } = await this.call("CONNECT_LIST_ALL_NETWORKS", { needResults: 1, flags }, options);
    return nets.map((net) => new Network(this.session, net));
  }
  async listAllStoragePools(flags = 0, options?: CallOptions): Promise<readonly StoragePool[]> {
    const { pools } = await this.call("CONNECT_LIST_ALL_STORAGE_POOLS", { needResults: 1, flags }, options);
    return pools.map((pool) => new StoragePool(this.session, pool));
  }
  async listAllInterfaces(flags = 0, options?: CallOptions): Promise<readonly HostInterface[]> {
    return (await this.call("CONNECT_LIST_ALL_INTERFACES", { needResults: 1, flags }, options)).ifaces;
  }
  async listAllNwfilters(flags = 0, options?: CallOptions): Promise<readonly NetworkFilter[]> {
    const { filters } = await this.call("CONNECT_LIST_ALL_NWFILTERS", { needResults: 1, flags }, options);
    return filters.map((filter) => new NetworkFilter(this.session, filter));
  }
  /** stats: DomainStats; of all domains when none is named. */
  async getAllDomainStats(
    domains: readonly Domain[],
    stats: number,
    flags = 0,
    options?: CallOptions,
  ): Promise<readonly DomainStatsRecord[]> {
    const { retStats } = await this.call(
      "CONNECT_GET_ALL_DOMAIN_STATS",
      { doms: domains.map((domain) => domain.handle), stats, flags },
      options,
    );
    return retStats.map(({ dom, params }) => ({ domain: this.domain(dom), params }));
  }

  async domainLookupByName(name: string, options?: CallOptions): Promise<Domain> {
    return this.domain((await this.call("DOMAIN_LOOKUP_BY_NAME", { name }, options)).dom);
  }
  async domainLookupByUuid(uuid: string, options?: CallOptions): Promise<Domain> {
    return this.domain((await this.call("DOMAIN_LOOKUP_BY_UUID", { uuid }, options)).dom);
  }
  /** flags: DomainDefineFlag. */
  async domainDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<Domain> {
    return this.domain((await this.call("DOMAIN_DEFINE_XML_FLAGS", { xml, flags }, options)).dom);
  }
  /** Defines and starts a domain that is forgotten when it ends; flags: DomainCreateFlag. */
  async domainCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<Domain> {
    return this.domain((await this.call("DOMAIN_CREATE_XML", { xmlDesc: xml, flags }, options)).dom);
  }

  async networkLookupByName(name: string, options?: CallOptions): Promise<Network> {
    return new Network(this.session, (await this.call("NETWORK_LOOKUP_BY_NAME", { name }, options)).net);
  }
  async networkLookupByUuid(uuid: string, options?: CallOptions): Promise<Network> {
    return new Network(this.session, (await this.call("NETWORK_LOOKUP_BY_UUID", { uuid }, options)).net);
  }
  async networkDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<Network> {
    // The call with flags came with libvirt 7.7; without flags the old one does the same on any daemon.
    const { net } =
      flags === 0
        ? await this.call("NETWORK_DEFINE_XML", { xml }, options)
        : await this.call("NETWORK_DEFINE_XML_FLAGS", { xml, flags }, options);
    return new Network(this.session, net);
  }
  async networkCreateXml(xml: string, options?: CallOptions): Promise<Network> {
    return new Network(this.session, (await this.call("NETWORK_CREATE_XML", { xml }, options)).net);
  }

  async storagePoolLookupByName(name: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(this.session, (await this.call("STORAGE_POOL_LOOKUP_BY_NAME", { name }, options)).pool);
  }
  async storagePoolLookupByUuid(uuid: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(this.session, (await this.call("STORAGE_POOL_LOOKUP_BY_UUID", { uuid }, options)).pool);
  }
  async storagePoolLookupByTargetPath(path: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.session,
      (await this.call("STORAGE_POOL_LOOKUP_BY_TARGET_PATH", { path }, options)).pool,
    );
  }
  async storagePoolLookupByVolume(volume: StorageVolume, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.session,
      (await this.call("STORAGE_POOL_LOOKUP_BY_VOLUME", { vol: volume.handle }, options)).pool,
    );
  }
  async storagePoolDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(this.session, (await this.call("STORAGE_POOL_DEFINE_XML", { xml, flags }, options)).pool);
  }
  async storagePoolCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(this.session, (await this.call("STORAGE_POOL_CREATE_XML", { xml, flags }, options)).pool);
  }
  async storageVolLookupByPath(path: string, options?: CallOptions): Promise<StorageVolume> {
    return new StorageVolume(this.session, (await this.call("STORAGE_VOL_LOOKUP_BY_PATH", { path }, options)).vol);
  }
  async storageVolLookupByKey(key: string, options?: CallOptions): Promise<StorageVolume> {
    return new StorageVolume(this.session, (await this.call("STORAGE_VOL_LOOKUP_BY_KEY", { key }, options)).vol);
  }

  async nwfilterLookupByName(name: string, options?: CallOptions): Promise<NetworkFilter> {
    return new NetworkFilter(this.session, (await this.call("NWFILTER_LOOKUP_BY_NAME", { name }, options)).optNwfilter);
  }
  async nwfilterDefineXml(xml: string, options?: CallOptions): Promise<NetworkFilter> {
    return new NetworkFilter(this.session, (await this.call("NWFILTER_DEFINE_XML", { xml }, options)).optNwfilter);
  }
  async nwfilterLookupByUuid(uuid: string, options?: CallOptions): Promise<NetworkFilter> {
    return new NetworkFilter(this.session, (await this.call("NWFILTER_LOOKUP_BY_UUID", { uuid }, options)).optNwfilter);
  }
  /** What filters are in force on which ports. */
  async listAllNwfilterBindings(flags = 0, options?: CallOptions): Promise<readonly NetworkFilterBinding[]> {
    const { bindings } = await this.call("CONNECT_LIST_ALL_NWFILTER_BINDINGS", { needResults: 1, flags }, options);
    return bindings.map((binding) => new NetworkFilterBinding(this.session, binding));
  }
  /** portDev: the host's interface, "vnet0" for instance. */
  async nwfilterBindingLookupByPortDev(portDev: string, options?: CallOptions): Promise<NetworkFilterBinding> {
    const { optNwfilter } = await this.call("NWFILTER_BINDING_LOOKUP_BY_PORT_DEV", { name: portDev }, options);
    return new NetworkFilterBinding(this.session, optNwfilter);
  }
  async nwfilterBindingCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<NetworkFilterBinding> {
    const { optNwfilter } = await this.call("NWFILTER_BINDING_CREATE_XML", { xml, flags }, options);
    return new NetworkFilterBinding(this.session, optNwfilter);
  }
  async interfaceGetXmlDesc(iface: HostInterface, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("INTERFACE_GET_XML_DESC", { iface, flags }, options)).xml;
  }

  protected domain(handle: DomainHandle): Domain {
    return new Domain(this.session, handle);
  }
}
