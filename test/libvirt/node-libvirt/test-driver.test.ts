import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  AddressSource,
  Affect,
  Connection,
  Domain,
  DomainSnapshot,
  DomainState,
  DomainStats,
  isUnsupported,
  KeycodeSet,
  ListDomainsFlag,
  MetadataType,
  Network,
  NetworkUpdate,
  PoolState,
  StoragePool,
  StorageVolume,
} from "node-libvirt";
import { canRunHypervisor, startHypervisor, type Hypervisor } from "../hypervisor.js";
import { Witness } from "./witness.js";

const reason = await canRunHypervisor();
const UUID = "6f9619ff-8b86-d011-b42d-00cf4fc964aa";
const domainXml = `<domain type='test'><name>breadth</name><uuid>${UUID}</uuid><memory>65536</memory><vcpu>2</vcpu>
  <os><type>hvm</type></os><devices><disk type='file'><source file='/d'/><target dev='vda'/></disk>
  <interface type='network'><source network='default'/><target dev='net0'/></interface></devices></domain>`;

/** What libvirt's fake hypervisor does not do: those are proved on QEMU, or need a guest agent. */
const ELSEWHERE = [
  "Connection.getDomainCapabilities",
  "Connection.domainXmlToNative",
  "Connection.listAllNwfilters",
  "Connection.listAllNwfilterBindings",
  "Connection.nwfilterLookupByName",
  "Connection.nwfilterLookupByUuid",
  "Connection.nwfilterDefineXml",
  "Connection.nwfilterBindingLookupByPortDev",
  "Connection.nwfilterBindingCreateXml",
  "Connection.nodeGetMemoryStats",
  "Connection.reconnect",
  "Connection.storagePoolLookupByTargetPath",
  "Domain.updateDevice",
  "Domain.getGuestInfo",
  "Domain.attachDevice",
  "Domain.detachDevice",
  "Domain.blockResize",
  "Domain.openConsole",
  "Domain.openChannel",
  "Domain.rename",
  "Domain.getBlockInfo",
  "Domain.getJobStats",
  "Domain.abortJob",
  "Domain.authorizedSshKeysSet",
  "Domain.monitorCommand",
  "Domain.agentCommand",
  "Domain.reset",
  "Network.getDhcpLeases",
  "Network.getMetadata",
  "Network.setMetadata",
  "StorageVolume.wipe",
  "StorageVolume.resize",
  "StorageVolume.upload",
  "StorageVolume.download",
];

describe.skipIf(reason !== undefined)(
  `every method on test:///default${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let hypervisor: Hypervisor;
    let connection: Connection;
    let witness: Witness;

    beforeAll(async () => {
      hypervisor = await startHypervisor();
      witness = new Witness([
        Connection.prototype,
        Domain.prototype,
        Network.prototype,
        StoragePool.prototype,
        StorageVolume.prototype,
        DomainSnapshot.prototype,
      ]);
      connection = await Connection.open(`test+unix:///default?socket=${hypervisor.socket}`);
    });
    afterAll(async () => {
      await connection.close();
      witness.stop();
      await hypervisor.stop();
    });

    it("tells of the daemon and its machine", async () => {
      expect(await connection.getType()).toBe("TEST");
      expect(await connection.getVersion()).toBe(2n);
      expect(await connection.getLibVersion()).toBeGreaterThan(7_000_000n);
      expect(await connection.getHostname()).toMatch(/labscape/);
      expect(await connection.getUri()).toBe("test:///default");
      expect(await connection.getCapabilities()).toContain("<capabilities>");
      expect(await connection.supportsFeature(10)).toBe(true);
      expect(await connection.getMaxVcpus()).toBe(32);
      expect(await connection.nodeGetInfo()).toMatchObject({ model: "i686", cpus: 16, mhz: 1400, memory: 3145728n });
      expect(await connection.nodeGetFreeMemory()).toBeGreaterThan(0n);
      expect((await connection.nodeGetCpuStats()).map(({ field }) => field)).toContain("user");
    });

    it("runs a domain", async () => {
      const domain = await connection.domainDefineXml(domainXml);
      expect(domain).toMatchObject({ name: "breadth", uuid: UUID, id: -1 });
      expect(await domain.isActive()).toBe(false);
      expect(await domain.isPersistent()).toBe(true);
      await domain.create();
      expect(await domain.getState()).toEqual({ state: DomainState.RUNNING, reason: 1 });
      expect(await domain.getInfo()).toMatchObject({ state: DomainState.RUNNING, maxMem: 65536n, nrVirtCpu: 2 });
      expect(await domain.getXmlDesc()).toContain(UUID);
      await domain.suspend();
      await domain.resume();
      await domain.reboot();
      await domain.setAutostart(true);
      expect(await domain.getAutostart()).toBe(true);
      await domain.setMetadata(MetadataType.TITLE, "a title", undefined, undefined, Affect.CURRENT);
      expect(await domain.getMetadata(MetadataType.TITLE)).toBe("a title");
      await domain.setVcpus(1);
      await domain.setMemory(32768n);
      expect((await connection.listAllDomains(ListDomainsFlag.ACTIVE)).map(({ name }) => name)).toContain("breadth");
      expect((await connection.domainLookupByName("breadth")).uuid).toBe(UUID);
      expect((await connection.domainLookupByUuid(UUID)).name).toBe("breadth");
      await domain.shutdown();
      expect(await domain.isActive()).toBe(false);
      await domain.undefine();
      const transient = await connection.domainCreateXml(domainXml);
      expect(await transient.isPersistent()).toBe(false);
      await transient.destroy();
    });

    it("tells figures of a domain", async () => {
      const domain = await connection.domainCreateXml(domainXml);
      const [record] = await connection.getAllDomainStats([domain], DomainStats.STATE | DomainStats.VCPU);
      expect(record?.domain.uuid).toBe(UUID);
      expect(record?.params).toContainEqual({ field: "state.state", value: { type: "int", value: 1 } });
      expect(await domain.interfaceStats("net0")).toMatchObject({ rxErrs: expect.any(BigInt) as bigint });
      expect(await domain.blockStats("vda")).toMatchObject({ errs: expect.any(BigInt) as bigint });
      expect(await domain.memoryStats()).toEqual([]);
      const [card] = await domain.interfaceAddresses(AddressSource.LEASE);
      expect(card).toMatchObject({ name: "net0", addrs: [{ type: 0, prefix: 24 }] });
      await domain.setInterfaceParameters("net0", [{ field: "inbound.average", value: { type: "uint", value: 100 } }]);
      expect(await domain.getInterfaceParameters("net0")).toContainEqual({
        field: "inbound.average",
        value: { type: "uint", value: 100 },
      });
      await domain.sendKey(KeycodeSet.LINUX, 10, [28]);
      const { mime, data } = await domain.screenshot();
      expect(mime).toBe("image/png");
      expect((await buffer(data)).subarray(1, 4).toString()).toBe("PNG");
      expect(await domain.getMessages()).toEqual([]);
      expect(await domain.fsfreeze()).toBeGreaterThanOrEqual(0);
      expect(await domain.fsthaw()).toBeGreaterThanOrEqual(0);
      await domain.destroy();
    });

    it("saves a domain and takes snapshots of it", async () => {
      const domain = await connection.domainDefineXml(domainXml);
      await domain.create();
      await domain.managedSave();
      expect(await domain.hasManagedSaveImage()).toBe(true);
      await domain.managedSaveRemove();
      await domain.create();
      const snapshot = await domain.snapshotCreateXml("<domainsnapshot><name>one</name></domainsnapshot>");
      expect(snapshot.name).toBe("one");
      expect(await snapshot.getXmlDesc()).toContain("<name>one</name>");
      expect((await domain.listAllSnapshots()).map(({ name }) => name)).toEqual(["one"]);
      expect((await domain.snapshotLookupByName("one")).name).toBe("one");
      expect((await domain.snapshotCurrent()).name).toBe("one");
      await snapshot.revert();
      await snapshot.delete();
      await domain.destroy();
      await domain.undefine();
    });

    it("keeps networks", async () => {
      const xml =
        "<network><name>breadth</name><bridge name='br9'/><ip address='10.9.9.1' netmask='255.255.255.0'/></network>";
      const network = await connection.networkDefineXml(xml);
      await network.create();
      expect(await network.isActive()).toBe(true);
      expect(await network.getBridgeName()).toBe("br9");
      expect(await network.getXmlDesc()).toContain("breadth");
      await network.setAutostart(true);
      expect(await network.getAutostart()).toBe(true);
      const { Command, Section, Flag } = NetworkUpdate;
      await network.update(
        Command.ADD_LAST,
        Section.DNS_HOST,
        -1,
        "<host ip='10.9.9.9'><hostname>h</hostname></host>",
        Flag.LIVE,
      );
      expect(await network.getXmlDesc()).toContain("10.9.9.9");
      expect((await connection.listAllNetworks()).map(({ name }) => name)).toContain("breadth");
      expect((await connection.networkLookupByName("breadth")).uuid).toBe(network.uuid);
      expect((await connection.networkLookupByUuid(network.uuid)).name).toBe("breadth");
      await network.destroy();
      await network.undefine();
      const transient = await connection.networkCreateXml(xml);
      await transient.destroy();
      const [iface] = await connection.listAllInterfaces();
      expect(iface).toMatchObject({ name: "eth1" });
      if (iface !== undefined) expect(await connection.interfaceGetXmlDesc(iface)).toContain("eth1");
    });

    it("keeps pools and volumes", async () => {
      const xml = "<pool type='dir'><name>breadth</name><target><path>/breadth</path></target></pool>";
      const pool = await connection.storagePoolDefineXml(xml);
      await pool.build();
      await pool.create();
      await pool.refresh();
      expect(await pool.isActive()).toBe(true);
      expect(await pool.getInfo()).toMatchObject({ state: PoolState.RUNNING });
      expect(await pool.getXmlDesc()).toContain("/breadth");
      await pool.setAutostart(true);
      expect(await pool.getAutostart()).toBe(true);
      const volume = await pool.volCreateXml("<volume><name>v</name><capacity>1048576</capacity></volume>");
      expect(volume).toMatchObject({ pool: "breadth", name: "v", key: "/breadth/v" });
      expect(await volume.getInfo()).toMatchObject({ type: 0, capacity: 1048576n });
      expect(await volume.getXmlDesc()).toContain("<name>v</name>");
      expect(await volume.getPath()).toBe("/breadth/v");
      expect((await pool.listAllVolumes()).map(({ name }) => name)).toEqual(["v"]);
      expect((await pool.volLookupByName("v")).key).toBe(volume.key);
      expect((await connection.storageVolLookupByPath("/breadth/v")).key).toBe(volume.key);
      expect((await connection.storageVolLookupByKey("/breadth/v")).name).toBe("v");
      expect((await connection.storagePoolLookupByVolume(volume)).uuid).toBe(pool.uuid);
      const copy = await pool.volCreateXmlFrom("<volume><name>w</name><capacity>1048576</capacity></volume>", volume);
      expect(copy.name).toBe("w");
      await copy.delete();
      await volume.delete();
      expect((await connection.listAllStoragePools()).map(({ name }) => name)).toContain("breadth");
      expect((await connection.storagePoolLookupByName("breadth")).uuid).toBe(pool.uuid);
      expect((await connection.storagePoolLookupByUuid(pool.uuid)).name).toBe("breadth");
      await pool.destroy();
      await pool.delete();
      await pool.undefine();
      const transient = await connection.storagePoolCreateXml(xml);
      await transient.destroy();
    });

    it("reports what happens, in each of the ways", async () => {
      const seen: string[] = [];
      const emitter = await connection.emitter(["domain-lifecycle", "network-lifecycle", "storage-pool-lifecycle"]);
      emitter.on("domain-lifecycle", ({ dom, event }) => seen.push(`domain ${dom.name} ${event}`));
      emitter.on("network-lifecycle", ({ net, event }) => seen.push(`network ${net.name} ${event}`));
      emitter.on("storage-pool-lifecycle", ({ pool, event }) => seen.push(`pool ${pool.name} ${event}`));
      const subscription = await connection.subscribe("domain-lifecycle", ({ event }) => seen.push(`heard ${event}`));
      const iterator = connection.events("domain-lifecycle");
      const first = iterator.next();
      const domain = await connection.domainCreateXml(domainXml);
      const network = await connection.networkLookupByName("default");
      await network.destroy();
      await network.create();
      const pool = await connection.storagePoolLookupByName("default-pool");
      await pool.destroy();
      await pool.create();
      await domain.destroy();
      expect(await first).toMatchObject({ done: false, value: { dom: { name: "breadth" }, event: 2 } });
      await iterator.return(undefined);
      await subscription.unsubscribe();
      await emitter.close();
      await network.destroy();
      await network.create();
      expect(seen).toEqual(
        ["domain breadth 2", "heard 2", "network default 3", "network default 2"].concat([
          "pool default-pool 3",
          "pool default-pool 2",
          "domain breadth 5",
          "heard 5",
        ]),
      );
    });

    it("says of what the fake hypervisor does not do that it does not", async () => {
      const domain = await connection.domainLookupByName("test");
      for (const call of [
        () => connection.getDomainCapabilities(),
        () => connection.listAllNwfilters(),
        () => connection.listAllNwfilterBindings(),
        () => domain.monitorCommand("x"),
        () => domain.openChannel("x"),
      ])
        await expect(call()).rejects.toSatisfy(isUnsupported);
    });

    it("leaves no method out", async () => {
      await connection.close();
      expect(witness.unproved().sort()).toEqual([...ELSEWHERE].sort());
    });
  },
);
