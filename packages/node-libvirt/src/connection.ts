import { connect, type OpenConnection, type OpenOptions } from "./connect.js";
import type { EventData, EventName, Subscription } from "./events.js";
import { Domain } from "./objects/domain.js";
import { Network, NetworkFilter } from "./objects/network.js";
import type { CallOptions, Results, Session } from "./objects/session.js";
import { StoragePool, StorageVolume } from "./objects/storage.js";
import type { DomainHandle, HostInterface, TypedParam } from "./protocol/structures.js";
import type { RpcClient } from "./rpc/client.js";
import type { Subscriptions, Target } from "./rpc/subscriptions.js";
import { parseUri } from "./transport/uri.js";

/** Figures of one domain, by name ("state.state", "net.0.rx.bytes", ...). */
export interface DomainStatsRecord {
  readonly domain: Domain;
  readonly params: readonly TypedParam[];
}

/** A connection to a libvirt daemon. Every call may be made while others are under way. */
export class Connection {
  readonly uri: string;
  readonly #rpc: RpcClient;
  readonly #session: Session;
  readonly #subscriptions: Subscriptions;

  private constructor(uri: string, { rpc, session, subscriptions }: OpenConnection) {
    this.uri = uri;
    this.#rpc = rpc;
    this.#session = session;
    this.#subscriptions = subscriptions;
  }

  /**
   * Connects and opens the driver that the URI names.
   * Errors: ConnectionError (unreachable, permission, authentication, timeout, aborted, uri), LibvirtError.
   */
  static async open(uri: string, options: OpenOptions = {}): Promise<Connection> {
    return new Connection(uri, await connect(parseUri(uri), options));
  }

  /** Settles when the connection has ended: with the reason, or with undefined after `close()`. Never rejects. */
  get closed(): Promise<Error | undefined> {
    return this.#rpc.closed;
  }

  /** Says good-bye and ends the connection. Calls and streams under way fail with ConnectionError "closed". Safe to repeat. */
  async close(): Promise<void> {
    try {
      await this.#session.call("CONNECT_CLOSE", {}, { timeout: 1000 });
    } catch {
      // A daemon that has gone or hangs need not be told.
    }
    this.#rpc.close();
    await this.#rpc.closed;
  }

  /**
   * Calls the listener for each event, until unsubscribed or the connection ends.
   * @param target limits it to one domain, network or pool.
   */
  subscribe<N extends EventName>(
    name: N,
    listener: (data: EventData<N>) => void,
    target?: { readonly handle: Target },
  ): Promise<Subscription> {
    return this.#subscriptions.subscribe(name, listener, target?.handle);
  }

  /** The events as an async iterable, from the first `next()` on. Ends with the signal or the connection. */
  async *events<N extends EventName>(
    name: N,
    options: { readonly signal?: AbortSignal; readonly target?: { readonly handle: Target } } = {},
  ): AsyncGenerator<EventData<N>> {
    const waiting: EventData<N>[] = [];
    let wake = (): void => undefined;
    let over = false;
    const stop = (): void => {
      over = true;
      wake();
    };
    const subscription = await this.subscribe(
      name,
      (data) => {
        waiting.push(data);
        wake();
      },
      options.target,
    );
    void this.closed.then(stop);
    options.signal?.addEventListener("abort", stop, { once: true });
    if (options.signal?.aborted === true) over = true;
    try {
      for (;;) {
        const data = waiting.shift();
        if (data !== undefined) yield data;
        else if (isOver()) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      options.signal?.removeEventListener("abort", stop);
      await subscription.unsubscribe().catch(() => undefined);
    }

    function isOver(): boolean {
      return over;
    }
  }

  async getType(options?: CallOptions): Promise<string> {
    return (await this.#session.call("CONNECT_GET_TYPE", {}, options)).type;
  }
  /** Version of the hypervisor: major * 1,000,000 + minor * 1,000 + release. */
  async getVersion(options?: CallOptions): Promise<bigint> {
    return (await this.#session.call("CONNECT_GET_VERSION", {}, options)).hvVer;
  }
  /** Version of the daemon's libvirt, counted likewise. */
  async getLibVersion(options?: CallOptions): Promise<bigint> {
    return (await this.#session.call("CONNECT_GET_LIB_VERSION", {}, options)).libVer;
  }
  /** May take 10 s on a host whose name service does not answer. */
  async getHostname(options?: CallOptions): Promise<string> {
    return (await this.#session.call("CONNECT_GET_HOSTNAME", {}, options)).hostname;
  }
  async getUri(options?: CallOptions): Promise<string> {
    return (await this.#session.call("CONNECT_GET_URI", {}, options)).uri;
  }
  async getCapabilities(options?: CallOptions): Promise<string> {
    return (await this.#session.call("CONNECT_GET_CAPABILITIES", {}, options)).capabilities;
  }
  async getDomainCapabilities(
    wanted: {
      readonly emulatorbin?: string;
      readonly arch?: string;
      readonly machine?: string;
      readonly virttype?: string;
    } = {},
    flags = 0,
    options?: CallOptions,
  ): Promise<string> {
    const { emulatorbin, arch, machine, virttype } = wanted;
    return (
      await this.#session.call(
        "CONNECT_GET_DOMAIN_CAPABILITIES",
        { emulatorbin, arch, machine, virttype, flags },
        options,
      )
    ).capabilities;
  }
  async supportsFeature(feature: number, options?: CallOptions): Promise<boolean> {
    return (await this.#session.call("CONNECT_SUPPORTS_FEATURE", { feature }, options)).supported !== 0;
  }
  async getMaxVcpus(type?: string, options?: CallOptions): Promise<number> {
    return (await this.#session.call("CONNECT_GET_MAX_VCPUS", { type }, options)).maxVcpus;
  }
  /** CPU model, memory in KiB, and counts of CPUs, NUMA nodes, sockets, cores and threads. */
  nodeGetInfo(options?: CallOptions): Promise<Results<"NODE_GET_INFO">> {
    return this.#session.call("NODE_GET_INFO", {}, options);
  }
  /** Bytes. */
  async nodeGetFreeMemory(options?: CallOptions): Promise<bigint> {
    return (await this.#session.call("NODE_GET_FREE_MEMORY", {}, options)).freeMem;
  }
  async nodeGetMemoryStats(
    cellNum = -1,
    flags = 0,
    options?: CallOptions,
  ): Promise<Results<"NODE_GET_MEMORY_STATS">["params"]> {
    const { nparams } = await this.#session.call("NODE_GET_MEMORY_STATS", { nparams: 0, cellNum, flags }, options);
    return (await this.#session.call("NODE_GET_MEMORY_STATS", { nparams, cellNum, flags }, options)).params;
  }
  async nodeGetCpuStats(
    cpuNum = -1,
    flags = 0,
    options?: CallOptions,
  ): Promise<Results<"NODE_GET_CPU_STATS">["params"]> {
    const { nparams } = await this.#session.call("NODE_GET_CPU_STATS", { cpuNum, nparams: 0, flags }, options);
    return (await this.#session.call("NODE_GET_CPU_STATS", { cpuNum, nparams, flags }, options)).params;
  }

  /** flags: ListDomainsFlag, 0 for all. */
  async listAllDomains(flags = 0, options?: CallOptions): Promise<readonly Domain[]> {
    const { domains } = await this.#session.call("CONNECT_LIST_ALL_DOMAINS", { needResults: 1, flags }, options);
    return domains.map((dom) => this.#domain(dom));
  }
  async listAllNetworks(flags = 0, options?: CallOptions): Promise<readonly Network[]> {
    const { nets } = await this.#session.call("CONNECT_LIST_ALL_NETWORKS", { needResults: 1, flags }, options);
    return nets.map((net) => new Network(this.#session, net));
  }
  async listAllStoragePools(flags = 0, options?: CallOptions): Promise<readonly StoragePool[]> {
    const { pools } = await this.#session.call("CONNECT_LIST_ALL_STORAGE_POOLS", { needResults: 1, flags }, options);
    return pools.map((pool) => new StoragePool(this.#session, pool));
  }
  async listAllInterfaces(flags = 0, options?: CallOptions): Promise<readonly HostInterface[]> {
    return (await this.#session.call("CONNECT_LIST_ALL_INTERFACES", { needResults: 1, flags }, options)).ifaces;
  }
  async listAllNwfilters(flags = 0, options?: CallOptions): Promise<readonly NetworkFilter[]> {
    const { filters } = await this.#session.call("CONNECT_LIST_ALL_NWFILTERS", { needResults: 1, flags }, options);
    return filters.map((filter) => new NetworkFilter(this.#session, filter));
  }
  /** stats: DomainStats; of all domains when none is named. */
  async getAllDomainStats(
    domains: readonly Domain[],
    stats: number,
    flags = 0,
    options?: CallOptions,
  ): Promise<readonly DomainStatsRecord[]> {
    const { retStats } = await this.#session.call(
      "CONNECT_GET_ALL_DOMAIN_STATS",
      { doms: domains.map((domain) => domain.handle), stats, flags },
      options,
    );
    return retStats.map(({ dom, params }) => ({ domain: this.#domain(dom), params }));
  }

  async domainLookupByName(name: string, options?: CallOptions): Promise<Domain> {
    return this.#domain((await this.#session.call("DOMAIN_LOOKUP_BY_NAME", { name }, options)).dom);
  }
  async domainLookupByUuid(uuid: string, options?: CallOptions): Promise<Domain> {
    return this.#domain((await this.#session.call("DOMAIN_LOOKUP_BY_UUID", { uuid }, options)).dom);
  }
  /** flags: DomainDefineFlag. */
  async domainDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<Domain> {
    return this.#domain((await this.#session.call("DOMAIN_DEFINE_XML_FLAGS", { xml, flags }, options)).dom);
  }
  /** Defines and starts a domain that is forgotten when it ends; flags: DomainCreateFlag. */
  async domainCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<Domain> {
    return this.#domain((await this.#session.call("DOMAIN_CREATE_XML", { xmlDesc: xml, flags }, options)).dom);
  }

  async networkLookupByName(name: string, options?: CallOptions): Promise<Network> {
    return new Network(this.#session, (await this.#session.call("NETWORK_LOOKUP_BY_NAME", { name }, options)).net);
  }
  async networkLookupByUuid(uuid: string, options?: CallOptions): Promise<Network> {
    return new Network(this.#session, (await this.#session.call("NETWORK_LOOKUP_BY_UUID", { uuid }, options)).net);
  }
  async networkDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<Network> {
    // The call with flags came with libvirt 7.7; without flags the old one does the same on any daemon.
    const { net } =
      flags === 0
        ? await this.#session.call("NETWORK_DEFINE_XML", { xml }, options)
        : await this.#session.call("NETWORK_DEFINE_XML_FLAGS", { xml, flags }, options);
    return new Network(this.#session, net);
  }
  async networkCreateXml(xml: string, options?: CallOptions): Promise<Network> {
    return new Network(this.#session, (await this.#session.call("NETWORK_CREATE_XML", { xml }, options)).net);
  }

  async storagePoolLookupByName(name: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_LOOKUP_BY_NAME", { name }, options)).pool,
    );
  }
  async storagePoolLookupByUuid(uuid: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_LOOKUP_BY_UUID", { uuid }, options)).pool,
    );
  }
  async storagePoolLookupByTargetPath(path: string, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_LOOKUP_BY_TARGET_PATH", { path }, options)).pool,
    );
  }
  async storagePoolLookupByVolume(volume: StorageVolume, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_LOOKUP_BY_VOLUME", { vol: volume.handle }, options)).pool,
    );
  }
  async storagePoolDefineXml(xml: string, flags = 0, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_DEFINE_XML", { xml, flags }, options)).pool,
    );
  }
  async storagePoolCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<StoragePool> {
    return new StoragePool(
      this.#session,
      (await this.#session.call("STORAGE_POOL_CREATE_XML", { xml, flags }, options)).pool,
    );
  }
  async storageVolLookupByPath(path: string, options?: CallOptions): Promise<StorageVolume> {
    return new StorageVolume(
      this.#session,
      (await this.#session.call("STORAGE_VOL_LOOKUP_BY_PATH", { path }, options)).vol,
    );
  }
  async storageVolLookupByKey(key: string, options?: CallOptions): Promise<StorageVolume> {
    return new StorageVolume(
      this.#session,
      (await this.#session.call("STORAGE_VOL_LOOKUP_BY_KEY", { key }, options)).vol,
    );
  }

  async nwfilterLookupByName(name: string, options?: CallOptions): Promise<NetworkFilter> {
    return new NetworkFilter(
      this.#session,
      (await this.#session.call("NWFILTER_LOOKUP_BY_NAME", { name }, options)).optNwfilter,
    );
  }
  async nwfilterDefineXml(xml: string, options?: CallOptions): Promise<NetworkFilter> {
    return new NetworkFilter(
      this.#session,
      (await this.#session.call("NWFILTER_DEFINE_XML", { xml }, options)).optNwfilter,
    );
  }
  async interfaceGetXmlDesc(iface: HostInterface, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.#session.call("INTERFACE_GET_XML_DESC", { iface, flags }, options)).xml;
  }

  #domain(handle: DomainHandle): Domain {
    return new Domain(this.#session, handle);
  }
}
