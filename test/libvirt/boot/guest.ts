import { once } from "node:events";
import type { Readable } from "node:stream";
import { consoleHub } from "@labscape/lab";
import { PoolCreateFlag, type Connection, type Domain, type StoragePool } from "node-libvirt";
import { onTestFinished } from "vitest";
import { guestCommandLine, guestImage } from "../../guests/index.js";

const POOL_PATH = "/var/lib/libvirt/boot-test";

/** A pool as a lab has one: for seeds and console logs. */
export async function testPool(connection: Connection): Promise<StoragePool> {
  const pool = await connection.storagePoolDefineXml(
    `<pool type='dir'><name>boot-test</name><target><path>${POOL_PATH}</path></target></pool>`,
  );
  await pool.create(PoolCreateFlag.WITH_BUILD);
  return pool;
}

/** Writes a volume and returns its path. */
export async function writeVolume(pool: StoragePool, name: string, bytes: Uint8Array): Promise<string> {
  const volume = await pool.volCreateXml(
    `<volume><name>${name}</name><capacity>${bytes.length}</capacity><target><format type='raw'/></target></volume>`,
  );
  const upload = await volume.upload(0n, BigInt(bytes.length));
  upload.end(bytes);
  await once(upload, "finish");
  return volume.getPath();
}

export interface GuestOptions {
  /** Path of its first-boot volume. */
  readonly seed?: string;
  readonly uuid?: string;
  /** Elements of further devices. */
  readonly devices?: string;
}

/** Defines a `tiny_linux` guest that starts from its kernel; its firmware talks on the console too. It is off. */
export async function defineGuest(connection: Connection, name: string, options: GuestOptions = {}): Promise<Domain> {
  const image = await guestImage("tiny_linux");
  const seed =
    options.seed === undefined
      ? ""
      : `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${options.seed}'/>
         <target dev='vda' bus='virtio'/><readonly/></disk>`;
  return connection.domainDefineXml(`
    <domain type='qemu'>
      <name>${name}</name>${options.uuid === undefined ? "" : `<uuid>${options.uuid}</uuid>`}
      <memory unit='MiB'>112</memory>
      <os><type arch='x86_64' machine='q35'>hvm</type>
        <kernel>${image.kernel}</kernel><initrd>${image.initrd}</initrd><cmdline>${guestCommandLine}</cmdline><bios useserial='yes'/></os>
      <features><acpi/><apic/></features>
      <devices>${seed}${options.devices ?? ""}
        <serial type='pty'><log file='${POOL_PATH}/${name}.console.log' append='off'/></serial>
        <controller type='usb' model='none'/><memballoon model='none'/>
      </devices>
    </domain>`);
}

/** Runs a command in a guest's shell; resolves with what it prints. */
export type Ask = (command: string) => Promise<string>;

/** Starts a guest and waits until it is ready; it is powered off when the test is finished. */
export async function bootGuest(connection: Connection, domain: Domain): Promise<Ask> {
  await domain.create();
  const viewer = await consoleHub(connection, domain.uuid).attach();
  onTestFinished(async () => {
    viewer.destroy();
    await domain.destroy();
  });
  const listener = new Listener(viewer);
  await listener.heard(/guest ready/);
  return async (command) => {
    listener.clear();
    // The shell's echo of the command line does not hold the marks.
    viewer.write(`echo be""gin; ${command}; echo e""nd\n`);
    await listener.heard(/^end\r?$/m);
    const [, answer = ""] = /^begin\n(.*?)^end$/ms.exec(listener.text.replaceAll("\r", "")) ?? [];
    return answer;
  };
}

/** Collects what a stream says, and waits for it to say something. */
export class Listener {
  readonly #stream: Readable;
  #waiting: (() => void)[] = [];
  text = "";

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.setEncoding("utf8");
    stream.on("data", (chunk: string) => {
      this.text += chunk;
      this.#wake();
    });
    stream.on("close", () => this.#wake());
  }

  /** Resolves when the text matches; rejects when the stream ends before it does. */
  async heard(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.text)) {
      if (this.#stream.destroyed) throw new Error(`${String(pattern)} was never said:\n${this.text}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** Forgets what was said. */
  clear(): void {
    this.text = "";
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
