import { buffer } from "node:stream/consumers";
import { beforeAll, describe, expect, it, vi } from "vitest";
import {
  Affect,
  BlockResizeFlag,
  Connection,
  DomainXmlFlag,
  ErrorCode,
  isNotFound,
  MonitorFlag,
  PoolCreateFlag,
  SnapshotDeleteFlag,
  VolumeResizeFlag,
  type Domain,
  type StoragePool,
} from "node-libvirt";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { machine } from "./machine.js";

const reason = await canRunHypervisor();
const NET = "<network><name>wire</name><bridge name='vw0'/><ip address='172.30.1.1' prefix='24'/></network>";
const MAC = "52:54:00:00:00:01";

describe.skipIf(reason !== undefined)(`a QEMU domain's parts${reason === undefined ? "" : ` (${reason})`}`, () => {
  let hypervisor: Hypervisor;
  let connection: Connection;
  let pool: StoragePool;
  let domain: Domain;
  const nic = (link: "up" | "down"): string => `<interface type='network'><mac address='${MAC}'/>
    <source network='wire'/><target dev='tap-wire'/><model type='virtio'/><link state='${link}'/></interface>`;

  useHypervisor((started) => ({ hypervisor, connection } = started));
  beforeAll(async () => {
    pool = await connection.storagePoolDefineXml(
      "<pool type='dir'><name>disks</name><target><path>/var/lib/libvirt/disks</path></target></pool>",
    );
    await pool.create(PoolCreateFlag.WITH_BUILD);
    await pool.volCreateXml(
      "<volume><name>disk</name><capacity unit='MiB'>8</capacity><target><format type='qcow2'/></target></volume>",
    );
    await (await connection.networkDefineXml(NET)).create();
    const ports = [1, 2, 3, 4, 5, 6]
      .map((index) => `<controller type='pci' index='${index}' model='pcie-root-port'/>`)
      .join("");
    const devices = `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
      <source file='/var/lib/libvirt/disks/disk'/><target dev='vda' bus='virtio'/></disk>
      <controller type='pci' index='0' model='pcie-root'/>${ports}
      <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
      <channel type='unix'><target type='virtio' name='talk'/></channel><video><model type='vga'/></video>
      <graphics type='vnc'><listen type='socket'/></graphics>`;
    domain = await connection.domainDefineXml(machine("parts", "6f9619ff-8b86-d011-b42d-00cf4fc964b1", { devices }));
    await domain.create();
  });

  it("gets, changes and loses a network card while it runs, and says so", async () => {
    const events = await connection.emitter(["domain-device-added"], domain);
    const added = vi.fn<(alias: string) => void>();
    events.on("domain-device-added", ({ devAlias }) => added(devAlias));
    await domain.attachDevice(nic("up"), Affect.LIVE | Affect.CONFIG);
    expect(added).toHaveBeenCalledWith("net0");
    await domain.updateDevice(nic("down"), Affect.LIVE);
    expect(await domain.getXmlDesc()).toContain("<link state='down'/>");
    expect(await domain.interfaceStats("tap-wire")).toMatchObject({ rxErrs: 0n });
    const network = await connection.networkLookupByName("wire");
    expect(await network.getDhcpLeases()).toEqual([]);
    // Only at the next start: a guest without an operating system never lets go of its card.
    await domain.detachDevice(nic("up"), Affect.CONFIG);
    expect(await domain.getXmlDesc(DomainXmlFlag.INACTIVE)).not.toContain(MAC);
    await events.close();
  });

  it("has its disk made larger, and tells of it", async () => {
    expect(await domain.getBlockInfo("vda")).toMatchObject({ capacity: 8n << 20n });
    await domain.blockResize("vda", 16n << 20n, BlockResizeFlag.BYTES);
    expect(await domain.getBlockInfo("vda")).toMatchObject({ capacity: 16n << 20n });
    expect(await domain.blockStats("vda")).toMatchObject({ errs: expect.any(BigInt) as bigint });
  });

  it("is reset and spoken to through QEMU's monitor, which reports too", async () => {
    const heard: string[] = [];
    const subscription = await connection.subscribe("qemu-monitor", ({ event }) => heard.push(event), domain);
    await domain.reset();
    await vi.waitUntil(() => heard.includes("RESET"));
    expect(await domain.monitorCommand("info status", MonitorFlag.HMP)).toMatch(/running/);
    expect(JSON.parse(await domain.monitorCommand('{"execute":"query-status"}'))).toMatchObject({
      return: { running: true },
    });
    await subscription.unsubscribe();
  });

  it("shows its screen and opens a channel", async () => {
    const { mime, data } = await domain.screenshot();
    expect(mime).toMatch(/^image\//);
    expect((await buffer(data)).length).toBeGreaterThan(1000);
    const channel = await domain.openChannel("talk");
    channel.destroy();
  });

  it("tells that no guest agent answers", async () => {
    for (const call of [
      () => domain.agentCommand('{"execute":"guest-ping"}'),
      () => domain.getGuestInfo(1),
      () => domain.fsfreeze(),
      () => domain.authorizedSshKeysSet("root", ["ssh-ed25519 AAAA"]),
    ])
      await expect(call()).rejects.toMatchObject({ code: ErrorCode.AGENT_UNRESPONSIVE });
  });

  it("takes a snapshot while it runs, goes back to it and forgets it", async () => {
    const snapshot = await domain.snapshotCreateXml("<domainsnapshot><name>before</name></domainsnapshot>");
    expect((await domain.listAllSnapshots()).map(({ name }) => name)).toEqual(["before"]);
    expect((await domain.snapshotCurrent()).name).toBe("before");
    expect(await snapshot.getXmlDesc()).toContain("<state>running</state>");
    await snapshot.revert();
    await snapshot.delete(SnapshotDeleteFlag.CHILDREN);
    await expect(domain.snapshotLookupByName("before")).rejects.toSatisfy(isNotFound);
  });

  it("is saved, renamed and started again", async () => {
    expect(await domain.getJobStats()).toMatchObject({ type: 0 });
    await expect(domain.abortJob()).rejects.toMatchObject({ code: ErrorCode.OPERATION_INVALID });
    await domain.managedSave();
    expect(await domain.hasManagedSaveImage()).toBe(true);
    await domain.managedSaveRemove();
    await domain.rename("other-name");
    expect((await connection.domainLookupByUuid(domain.uuid)).name).toBe("other-name");
  });

  it("tells what the host can do", async () => {
    expect(await connection.getDomainCapabilities({ arch: "x86_64", virttype: "qemu" })).toContain(
      "<domainCapabilities>",
    );
    expect((await connection.nodeGetMemoryStats()).map(({ field }) => field)).toContain("total");
    expect((await connection.nodeGetCpuStats()).map(({ field }) => field)).toContain("idle");
  });

  it("makes volumes larger, empties them, and finds their pool by its path", async () => {
    const volume = await pool.volCreateXml("<volume><name>v</name><capacity>4096</capacity></volume>");
    await volume.resize(8192n, VolumeResizeFlag.ALLOCATE);
    await volume.wipe();
    expect(await volume.getInfo()).toMatchObject({ capacity: 8192n });
    expect(await volume.getInfo(1)).toMatchObject({ capacity: 8192n });
    expect((await connection.storagePoolLookupByTargetPath("/var/lib/libvirt/disks")).uuid).toBe(pool.uuid);
    await volume.delete();
  });

  it("keeps network filters and binds them to ports", async () => {
    const filter = await connection.nwfilterDefineXml(
      "<filter name='quiet'><rule action='drop' direction='in'><ip protocol='udp'/></rule></filter>",
    );
    expect((await connection.nwfilterLookupByName("quiet")).uuid).toBe(filter.uuid);
    expect((await connection.nwfilterLookupByUuid(filter.uuid)).name).toBe("quiet");
    expect((await connection.listAllNwfilters()).map(({ name }) => name)).toContain("quiet");
    expect(await filter.getXmlDesc()).toContain("name='quiet'");
    await hypervisor.exec(["ip", "tuntap", "add", "vtest0", "mode", "tap"]);
    const binding = await connection.nwfilterBindingCreateXml(
      `<filterbinding><owner><name>parts</name><uuid>${domain.uuid}</uuid></owner>
       <portdev name='vtest0'/><mac address='${MAC}'/><filterref filter='quiet'/></filterbinding>`,
    );
    expect(binding).toMatchObject({ portDev: "vtest0", filterName: "quiet" });
    expect(await binding.getXmlDesc()).toContain("vtest0");
    expect((await connection.listAllNwfilterBindings()).map(({ portDev }) => portDev)).toEqual(["vtest0"]);
    expect((await connection.nwfilterBindingLookupByPortDev("vtest0")).filterName).toBe("quiet");
    await binding.delete();
    await filter.undefine();
    await expect(connection.nwfilterLookupByName("quiet")).rejects.toSatisfy(isNotFound);
    await expect(connection.nwfilterBindingLookupByPortDev("vtest0")).rejects.toSatisfy(isNotFound);
  });

  it("opens the daemon's other drivers by their own names", async () => {
    for (const [driver, type] of [
      ["network", "network"],
      ["storage", "storage"],
      ["nwfilter", "nwfilter"],
    ]) {
      const other = await Connection.open(`${driver}+unix:///system?socket=${hypervisor.socket}`);
      expect(await other.getType()).toBe(type);
      await other.close();
    }
    const networks = await Connection.open(`network+unix:///system?socket=${hypervisor.socket}`);
    expect((await networks.listAllNetworks()).map(({ name }) => name)).toContain("wire");
    await networks.close();
  });
});
