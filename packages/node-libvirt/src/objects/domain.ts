import type { Duplex, Readable } from "node:stream";
import type { DomainHandle, DomainInterface, TypedParam } from "../protocol/structures.js";
import { ConsoleStream, DownloadStream } from "../rpc/stream.js";
import type { StreamWire } from "../rpc/wire.js";
import { NamedHandle } from "./handle.js";
import type { CallOptions, Results } from "./session.js";
import { DomainSnapshot } from "./snapshot.js";

/** A picture as it comes, "image/png" for instance. */
export interface Screenshot {
  readonly mime: string;
  readonly data: Readable;
}

/** A virtual machine. The object is a handle: its name, UUID and id are those of the moment when it was looked up. */
export class Domain extends NamedHandle<DomainHandle> {
  /** Number of the running domain, -1 when it does not run. */
  get id(): number {
    return this.handle.id;
  }

  /** Starts it; flags: DomainCreateFlag. */
  async create(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_CREATE_WITH_FLAGS", { dom: this.handle, flags }, options);
  }
  /** Powers it off; flags: DomainDestroyFlag. */
  async destroy(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_DESTROY_FLAGS", { dom: this.handle, flags }, options);
  }
  /** Asks the guest to power off; returns when asked, not when it is off. */
  async shutdown(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SHUTDOWN_FLAGS", { dom: this.handle, flags }, options);
  }
  async reboot(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_REBOOT", { dom: this.handle, flags }, options);
  }
  async reset(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_RESET", { dom: this.handle, flags }, options);
  }
  async suspend(options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SUSPEND", { dom: this.handle }, options);
  }
  async resume(options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_RESUME", { dom: this.handle }, options);
  }
  /** Removes the definition; flags: DomainUndefineFlag. */
  async undefine(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_UNDEFINE_FLAGS", { dom: this.handle, flags }, options);
  }
  async managedSave(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_MANAGED_SAVE", { dom: this.handle, flags }, options);
  }
  async managedSaveRemove(flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_MANAGED_SAVE_REMOVE", { dom: this.handle, flags }, options);
  }
  async hasManagedSaveImage(flags = 0, options?: CallOptions): Promise<boolean> {
    return (await this.call("DOMAIN_HAS_MANAGED_SAVE_IMAGE", { dom: this.handle, flags }, options)).result !== 0;
  }

  /** State, memory in KiB, vCPUs, CPU time in nanoseconds. Answers even while QEMU hangs. */
  async getInfo(options?: CallOptions): Promise<Results<"DOMAIN_GET_INFO">> {
    return this.call("DOMAIN_GET_INFO", { dom: this.handle }, options);
  }
  /** DomainState and its reason. */
  async getState(flags = 0, options?: CallOptions): Promise<Results<"DOMAIN_GET_STATE">> {
    return this.call("DOMAIN_GET_STATE", { dom: this.handle, flags }, options);
  }
  async isActive(options?: CallOptions): Promise<boolean> {
    return (await this.call("DOMAIN_IS_ACTIVE", { dom: this.handle }, options)).active !== 0;
  }
  async isPersistent(options?: CallOptions): Promise<boolean> {
    return (await this.call("DOMAIN_IS_PERSISTENT", { dom: this.handle }, options)).persistent !== 0;
  }
  /** flags: DomainXmlFlag. */
  async getXmlDesc(flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("DOMAIN_GET_XML_DESC", { dom: this.handle, flags }, options)).xml;
  }
  /** type: MetadataType; uri: namespace of the element; flags: Affect. */
  async getMetadata(type: number, uri?: string, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("DOMAIN_GET_METADATA", { dom: this.handle, type, uri, flags }, options)).metadata;
  }
  /** `metadata` undefined removes it. */
  async setMetadata(
    type: number,
    metadata: string | undefined,
    key?: string,
    uri?: string,
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.call("DOMAIN_SET_METADATA", { dom: this.handle, type, metadata, key, uri, flags }, options);
  }
  async setAutostart(autostart: boolean, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SET_AUTOSTART", { dom: this.handle, autostart: autostart ? 1 : 0 }, options);
  }
  async getAutostart(options?: CallOptions): Promise<boolean> {
    return (await this.call("DOMAIN_GET_AUTOSTART", { dom: this.handle }, options)).autostart !== 0;
  }
  /** New name; the domain must not run. */
  async rename(newName: string, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_RENAME", { dom: this.handle, newName, flags }, options);
  }

  /** flags of the device calls: Affect. */
  async attachDevice(xml: string, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_ATTACH_DEVICE_FLAGS", { dom: this.handle, xml, flags }, options);
  }
  async detachDevice(xml: string, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_DETACH_DEVICE_FLAGS", { dom: this.handle, xml, flags }, options);
  }
  async updateDevice(xml: string, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_UPDATE_DEVICE_FLAGS", { dom: this.handle, xml, flags }, options);
  }
  async setVcpus(nvcpus: number, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SET_VCPUS_FLAGS", { dom: this.handle, nvcpus, flags }, options);
  }
  /** memory: KiB. */
  async setMemory(memory: bigint, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_SET_MEMORY_FLAGS", { dom: this.handle, memory, flags }, options);
  }
  /** size: KiB, or bytes with flag 1. */
  async blockResize(disk: string, size: bigint, flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_BLOCK_RESIZE", { dom: this.handle, disk, size, flags }, options);
  }

  /**
   * A console, both ways, from power-on. `devName`: alias of the device, the first one where absent; flags: ConsoleFlag.
   * The stream ends when the domain does; LibvirtError RPC (39) destroys it when somebody else takes the console over.
   */
  async openConsole(devName?: string, flags = 0, options?: CallOptions): Promise<Duplex> {
    const name = "DOMAIN_OPEN_CONSOLE";
    const make = (wire: StreamWire): ConsoleStream => new ConsoleStream(wire, name);
    return (await this.session.openStream(name, { dom: this.handle, devName, flags }, make, options)).sink;
  }
  /** A virtio channel. */
  async openChannel(name?: string, flags = 0, options?: CallOptions): Promise<Duplex> {
    const procedure = "DOMAIN_OPEN_CHANNEL";
    const make = (wire: StreamWire): ConsoleStream => new ConsoleStream(wire, procedure);
    return (await this.session.openStream(procedure, { dom: this.handle, name, flags }, make, options)).sink;
  }
  /** A picture of a screen, in the format that `mime` names. */
  async screenshot(screen = 0, flags = 0, options?: CallOptions): Promise<Screenshot> {
    const name = "DOMAIN_SCREENSHOT";
    const make = (wire: StreamWire): DownloadStream => new DownloadStream(wire, name);
    const { sink, results } = await this.session.openStream(name, { dom: this.handle, screen, flags }, make, options);
    return { mime: results.mime ?? "application/octet-stream", data: sink };
  }

  /** source: AddressSource. */
  async interfaceAddresses(source: number, flags = 0, options?: CallOptions): Promise<readonly DomainInterface[]> {
    return (await this.call("DOMAIN_INTERFACE_ADDRESSES", { dom: this.handle, source, flags }, options)).ifaces;
  }
  async interfaceStats(device: string, options?: CallOptions): Promise<Results<"DOMAIN_INTERFACE_STATS">> {
    return this.call("DOMAIN_INTERFACE_STATS", { dom: this.handle, device }, options);
  }
  async blockStats(path: string, options?: CallOptions): Promise<Results<"DOMAIN_BLOCK_STATS">> {
    return this.call("DOMAIN_BLOCK_STATS", { dom: this.handle, path }, options);
  }
  async getBlockInfo(path: string, flags = 0, options?: CallOptions): Promise<Results<"DOMAIN_GET_BLOCK_INFO">> {
    return this.call("DOMAIN_GET_BLOCK_INFO", { dom: this.handle, path, flags }, options);
  }
  async memoryStats(maxStats = 16, flags = 0, options?: CallOptions): Promise<Results<"DOMAIN_MEMORY_STATS">["stats"]> {
    return (await this.call("DOMAIN_MEMORY_STATS", { dom: this.handle, maxStats, flags }, options)).stats;
  }
  async getInterfaceParameters(device: string, flags = 0, options?: CallOptions): Promise<readonly TypedParam[]> {
    const { nparams } = await this.call(
      "DOMAIN_GET_INTERFACE_PARAMETERS",
      { dom: this.handle, device, nparams: 0, flags },
      options,
    );
    return (await this.call("DOMAIN_GET_INTERFACE_PARAMETERS", { dom: this.handle, device, nparams, flags }, options))
      .params;
  }
  async setInterfaceParameters(
    device: string,
    params: readonly TypedParam[],
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.call("DOMAIN_SET_INTERFACE_PARAMETERS", { dom: this.handle, device, params, flags }, options);
  }
  /** codeset: virKeycodeSet (0 Linux); holdtime: milliseconds. */
  async sendKey(
    codeset: number,
    holdtime: number,
    keycodes: readonly number[],
    flags = 0,
    options?: CallOptions,
  ): Promise<void> {
    await this.call("DOMAIN_SEND_KEY", { dom: this.handle, codeset, holdtime, keycodes, flags }, options);
  }

  async getJobStats(flags = 0, options?: CallOptions): Promise<Results<"DOMAIN_GET_JOB_STATS">> {
    return this.call("DOMAIN_GET_JOB_STATS", { dom: this.handle, flags }, options);
  }
  async abortJob(options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_ABORT_JOB", { dom: this.handle }, options);
  }
  async getGuestInfo(types = 0, flags = 0, options?: CallOptions): Promise<readonly TypedParam[]> {
    return (await this.call("DOMAIN_GET_GUEST_INFO", { dom: this.handle, types, flags }, options)).params;
  }
  async fsfreeze(mountpoints: readonly string[] = [], flags = 0, options?: CallOptions): Promise<number> {
    return (await this.call("DOMAIN_FSFREEZE", { dom: this.handle, mountpoints, flags }, options)).filesystems;
  }
  async fsthaw(mountpoints: readonly string[] = [], flags = 0, options?: CallOptions): Promise<number> {
    return (await this.call("DOMAIN_FSTHAW", { dom: this.handle, mountpoints, flags }, options)).filesystems;
  }
  async authorizedSshKeysSet(user: string, keys: readonly string[], flags = 0, options?: CallOptions): Promise<void> {
    await this.call("DOMAIN_AUTHORIZED_SSH_KEYS_SET", { dom: this.handle, user, keys, flags }, options);
  }
  async getMessages(flags = 0, options?: CallOptions): Promise<readonly string[]> {
    return (await this.call("DOMAIN_GET_MESSAGES", { dom: this.handle, flags }, options)).msgs;
  }

  /** A command to QEMU's monitor; flags: MonitorFlag. libvirt marks the domain as tainted. */
  async monitorCommand(cmd: string, flags = 0, options?: CallOptions): Promise<string> {
    return (await this.call("QEMU_DOMAIN_MONITOR_COMMAND", { dom: this.handle, cmd, flags }, options)).result;
  }
  /** A command to the guest agent; timeout: seconds, -1 for ever, -2 libvirt's default. */
  async agentCommand(cmd: string, timeout = -2, flags = 0, options?: CallOptions): Promise<string> {
    return (
      (await this.call("QEMU_DOMAIN_AGENT_COMMAND", { dom: this.handle, cmd, timeout, flags }, options)).result ?? ""
    );
  }

  /** flags: SnapshotCreateFlag. */
  async snapshotCreateXml(xml: string, flags = 0, options?: CallOptions): Promise<DomainSnapshot> {
    const { snap } = await this.call("DOMAIN_SNAPSHOT_CREATE_XML", { dom: this.handle, xmlDesc: xml, flags }, options);
    return new DomainSnapshot(this.session, snap);
  }
  async listAllSnapshots(flags = 0, options?: CallOptions): Promise<readonly DomainSnapshot[]> {
    const { snapshots } = await this.call(
      "DOMAIN_LIST_ALL_SNAPSHOTS",
      { dom: this.handle, needResults: 1, flags },
      options,
    );
    return snapshots.map((snap) => new DomainSnapshot(this.session, snap));
  }
  async snapshotLookupByName(name: string, flags = 0, options?: CallOptions): Promise<DomainSnapshot> {
    const { snap } = await this.call("DOMAIN_SNAPSHOT_LOOKUP_BY_NAME", { dom: this.handle, name, flags }, options);
    return new DomainSnapshot(this.session, snap);
  }
  async snapshotCurrent(flags = 0, options?: CallOptions): Promise<DomainSnapshot> {
    const { snap } = await this.call("DOMAIN_SNAPSHOT_CURRENT", { dom: this.handle, flags }, options);
    return new DomainSnapshot(this.session, snap);
  }
}
