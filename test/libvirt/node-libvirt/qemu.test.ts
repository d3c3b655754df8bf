import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { describe, expect, it } from "vitest";
import {
  Connection,
  ConsoleFlag,
  DomainDefineFlag,
  DomainState,
  ErrorCode,
  isNotFound,
  LibvirtError,
  LifecycleEvent,
  MetadataType,
  PoolCreateFlag,
} from "node-libvirt";
import { canRunHypervisor, type Hypervisor } from "../hypervisor.js";
import { useHypervisor } from "../use-hypervisor.js";
import { machine } from "./machine.js";

const reason = await canRunHypervisor();
const NAMESPACE = "https://example.org/test";
const UUID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

/** A machine with an element of ours. */
const tagged = (name: string, uuid: string): string =>
  machine(name, uuid, { metadata: `<t:tag xmlns:t='${NAMESPACE}' value='one'/>` });

describe.skipIf(reason !== undefined)(
  `node-libvirt on a QEMU daemon${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let hypervisor: Hypervisor;
    let connection: Connection;

    useHypervisor((started) => ({ hypervisor, connection } = started));

    it("tells what it is connected to", async () => {
      expect(await connection.getType()).toBe("QEMU");
      expect(await connection.getLibVersion()).toBeGreaterThan(7_000_000n);
      const node = await connection.nodeGetInfo();
      expect(node.cpus).toBeGreaterThan(0);
      expect(node.memory).toBeGreaterThan(100_000n);
      expect(await connection.getCapabilities()).toContain("<capabilities>");
    });

    it("tells how it would start a domain, without defining it", async () => {
      expect(await connection.domainXmlToNative("qemu-argv", machine("told", UUID))).toContain("-uuid " + UUID);
      await expect(connection.domainLookupByUuid(UUID)).rejects.toSatisfy(isNotFound);
    });

    it("runs a domain's life and reports it as events in order", async () => {
      const seen: number[] = [];
      const subscription = await connection.subscribe("domain-lifecycle", ({ dom, event }) => {
        if (dom.name === "life") seen.push(event);
      });
      const domain = await connection.domainDefineXml(machine("life", UUID), DomainDefineFlag.VALIDATE);
      expect(domain.uuid).toBe(UUID);
      await domain.create();
      expect((await domain.getState()).state).toBe(DomainState.RUNNING);
      expect((await connection.domainLookupByUuid(UUID)).id).toBeGreaterThan(0);
      await domain.suspend();
      await domain.resume();
      await domain.destroy();
      await domain.undefine();
      await expect(connection.domainLookupByName("life")).rejects.toSatisfy(isNotFound);
      await subscription.unsubscribe();
      expect(seen).toEqual([
        LifecycleEvent.DEFINED,
        // QEMU starts with its CPUs stopped and is then resumed.
        LifecycleEvent.RESUMED,
        LifecycleEvent.STARTED,
        LifecycleEvent.SUSPENDED,
        LifecycleEvent.RESUMED,
        LifecycleEvent.SHUTDOWN,
        LifecycleEvent.STOPPED,
        LifecycleEvent.UNDEFINED,
      ]);
    });

    it("reports to several listeners of the same event, until each has left", async () => {
      const domain = await connection.domainDefineXml(machine("heard", "6f9619ff-8b86-d011-b42d-00cf4fc9640a"));
      const seen = { one: 0, two: 0, everywhere: 0 };
      const started = (who: keyof typeof seen) => (data: { event: number; dom: { uuid: string } }) => {
        if (data.event === LifecycleEvent.STARTED && data.dom.uuid === domain.uuid) seen[who] += 1;
      };
      const [one, two, everywhere] = await Promise.all([
        connection.subscribe("domain-lifecycle", started("one"), domain),
        connection.subscribe("domain-lifecycle", started("two"), domain),
        connection.subscribe("domain-lifecycle", started("everywhere")),
      ]);
      const restart = async (): Promise<void> => {
        await domain.create();
        await domain.destroy();
        // The answer to this call comes after the events before it.
        await domain.isActive();
      };
      await restart();
      expect(seen).toEqual({ one: 1, two: 1, everywhere: 1 });
      await one.unsubscribe();
      await restart();
      expect(seen).toEqual({ one: 1, two: 2, everywhere: 2 });
      // The last one leaves while another comes.
      const [, again] = await Promise.all([
        two.unsubscribe(),
        connection.subscribe("domain-lifecycle", started("one"), domain),
      ]);
      await restart();
      expect(seen).toEqual({ one: 2, two: 2, everywhere: 3 });
      await Promise.all([again.unsubscribe(), everywhere.unsubscribe()]);
      await domain.undefine();
    });

    it("keeps and changes metadata", async () => {
      const domain = await connection.domainDefineXml(tagged("meta", "6f9619ff-8b86-d011-b42d-00cf4fc96400"));
      expect(await domain.getMetadata(MetadataType.ELEMENT, NAMESPACE)).toContain("one");
      await domain.setMetadata(MetadataType.ELEMENT, "<tag value='two'/>", "t", NAMESPACE);
      expect(await domain.getMetadata(MetadataType.ELEMENT, NAMESPACE)).toContain("two");
      await domain.undefine();
    });

    it("opens a console from power-on, refuses a second one, and lets it take over", async () => {
      const domain = await connection.domainDefineXml(machine("console", "6f9619ff-8b86-d011-b42d-00cf4fc96401"));
      await domain.create();
      const first = await domain.openConsole();
      await waitForText(first, /SeaBIOS|iPXE|Boot/);
      await expect(domain.openConsole()).rejects.toMatchObject({
        name: "LibvirtError",
        code: ErrorCode.OPERATION_FAILED,
      });
      const taken = once(first, "error");
      const second = await domain.openConsole(undefined, ConsoleFlag.FORCE);
      const [error] = (await taken) as [unknown];
      expect(error).toBeInstanceOf(LibvirtError);
      expect(error).toMatchObject({ code: ErrorCode.RPC });
      second.resume();
      const ended = once(second, "end");
      await domain.destroy();
      await ended;
      await domain.undefine();
    });

    it("uploads and downloads a volume unchanged", async () => {
      const pool = await connection.storagePoolDefineXml(
        "<pool type='dir'><name>round</name><target><path>/var/lib/libvirt/round</path></target></pool>",
      );
      await pool.build();
      await pool.create(PoolCreateFlag.NORMAL);
      const data = randomBytes(20 * 1024 * 1024 + 17);
      const volume = await pool.volCreateXml(
        `<volume><name>data</name><capacity>${data.length}</capacity><target><format type='raw'/></target></volume>`,
      );
      await pipeline([data], await volume.upload(0n, BigInt(data.length)));
      const digest = createHash("sha256");
      await pipeline(await volume.download(), digest);
      expect(digest.digest("hex")).toBe(createHash("sha256").update(data).digest("hex"));
      expect((await pool.listAllVolumes()).map(({ name }) => name)).toEqual(["data"]);
      await volume.delete();
      await pool.destroy();
      await pool.delete();
      await pool.undefine();
    });

    it("ends an upload with the daemon's reason when the disk is full", async () => {
      await hypervisor.exec(["mkdir", "/var/lib/libvirt/small"]);
      await hypervisor.exec(["mount", "-t", "tmpfs", "-o", "size=2m", "none", "/var/lib/libvirt/small"]);
      const pool = await connection.storagePoolCreateXml(
        "<pool type='dir'><name>small</name><target><path>/var/lib/libvirt/small</path></target></pool>",
      );
      const volume = await pool.volCreateXml(
        "<volume><name>big</name><capacity>8000000</capacity><allocation>0</allocation></volume>",
      );
      const upload = await volume.upload(0n, 0n);
      await expect(pipeline([Buffer.alloc(8_000_000, 1)], upload)).rejects.toThrow(/No space left/);
      expect(await connection.getType()).toBe("QEMU");
      await pool.destroy();
    });

    it("defines, starts and removes a network", async () => {
      const network = await connection.networkDefineXml("<network><name>quiet</name><bridge name='vq0'/></network>");
      await network.create();
      expect(await network.isActive()).toBe(true);
      expect(await network.getBridgeName()).toBe("vq0");
      await network.destroy();
      await network.undefine();
    });
  },
);

async function waitForText(stream: Readable, wanted: RegExp): Promise<void> {
  let text = "";
  await new Promise<void>((resolve, reject) => {
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (wanted.test(text)) resolve();
    });
    stream.once("error", reject);
    stream.once("end", () => reject(new Error(`the console ended after: ${text}`)));
  });
}
