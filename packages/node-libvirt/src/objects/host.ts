import { Caller } from "./handle.js";
import type { CallOptions, Results } from "./session.js";

/** What a connection tells of the daemon and of the machine that it runs on. */
export abstract class Host extends Caller {
  async getType(options?: CallOptions): Promise<string> {
    return (await this.call("CONNECT_GET_TYPE", {}, options)).type;
  }
  /** Version of the hypervisor: major * 1,000,000 + minor * 1,000 + release. */
  async getVersion(options?: CallOptions): Promise<bigint> {
    return (await this.call("CONNECT_GET_VERSION", {}, options)).hvVer;
  }
  /** Version of the daemon's libvirt, counted likewise. */
  async getLibVersion(options?: CallOptions): Promise<bigint> {
    return (await this.call("CONNECT_GET_LIB_VERSION", {}, options)).libVer;
  }
  /** May take 10 s on a host whose name service does not answer. */
  async getHostname(options?: CallOptions): Promise<string> {
    return (await this.call("CONNECT_GET_HOSTNAME", {}, options)).hostname;
  }
  async getUri(options?: CallOptions): Promise<string> {
    return (await this.call("CONNECT_GET_URI", {}, options)).uri;
  }
  async getCapabilities(options?: CallOptions): Promise<string> {
    return (await this.call("CONNECT_GET_CAPABILITIES", {}, options)).capabilities;
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
      await this.call("CONNECT_GET_DOMAIN_CAPABILITIES", { emulatorbin, arch, machine, virttype, flags }, options)
    ).capabilities;
  }
  /** How the hypervisor would be started for a definition; nativeFormat: "qemu-argv", the command line. */
  async domainXmlToNative(nativeFormat: string, domainXml: string, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("CONNECT_DOMAIN_XML_TO_NATIVE", { nativeFormat, domainXml, flags }, options)).nativeConfig;
  }
  async supportsFeature(feature: number, options?: CallOptions): Promise<boolean> {
    return (await this.call("CONNECT_SUPPORTS_FEATURE", { feature }, options)).supported !== 0;
  }
  async getMaxVcpus(type?: string, options?: CallOptions): Promise<number> {
    return (await this.call("CONNECT_GET_MAX_VCPUS", { type }, options)).maxVcpus;
  }
  /** CPU model, memory in KiB, and counts of CPUs, NUMA nodes, sockets, cores and threads. */
  nodeGetInfo(options?: CallOptions): Promise<Results<"NODE_GET_INFO">> {
    return this.call("NODE_GET_INFO", {}, options);
  }
  /** Bytes. */
  async nodeGetFreeMemory(options?: CallOptions): Promise<bigint> {
    return (await this.call("NODE_GET_FREE_MEMORY", {}, options)).freeMem;
  }
  async nodeGetMemoryStats(
    cellNum = -1,
    flags = 0,
    options?: CallOptions,
  ): Promise<Results<"NODE_GET_MEMORY_STATS">["params"]> {
    const { nparams } = await this.call("NODE_GET_MEMORY_STATS", { nparams: 0, cellNum, flags }, options);
    return (await this.call("NODE_GET_MEMORY_STATS", { nparams, cellNum, flags }, options)).params;
  }
  async nodeGetCpuStats(
    cpuNum = -1,
    flags = 0,
    options?: CallOptions,
  ): Promise<Results<"NODE_GET_CPU_STATS">["params"]> {
    const { nparams } = await this.call("NODE_GET_CPU_STATS", { cpuNum, nparams: 0, flags }, options);
    return (await this.call("NODE_GET_CPU_STATS", { cpuNum, nparams, flags }, options)).params;
  }
}
