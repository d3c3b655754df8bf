import { expect } from "vitest";
import type { Host } from "@labscape/lab";
import type { Hypervisor } from "../hypervisor.js";
import { inventory, type Inventory } from "../leftovers.js";

const foreignDomain = `<domain type="qemu"><name>keepsake</name><memory unit="MiB">64</memory>
<os><type arch="x86_64" machine="q35">hvm</type></os></domain>`;
const foreignNetwork = `<network><name>keepsake</name><ip address="172.30.0.1" netmask="255.255.255.0"/></network>`;
const foreignPool = `<pool type="dir"><name>keepsake</name><target><path>/var/lib/libvirt/images/keepsake</path></target></pool>`;
const foreignVolume = `<volume><name>keep.raw</name><capacity>4096</capacity></volume>`;

/** Counts what each fault leaves of a lab, and what of others it changes: both should be nothing. */
export class FaultRecord {
  readonly #hypervisor: Hypervisor;
  readonly #before: Inventory;
  readonly #definitions: string;
  readonly #rows: (readonly [fault: string, left: number, changed: number])[] = [];

  private constructor(hypervisor: Hypervisor, before: Inventory, definitions: string) {
    this.#hypervisor = hypervisor;
    this.#before = before;
    this.#definitions = definitions;
  }

  /** Gives the hypervisor a domain, a network, a pool and a volume that are somebody else's, and remembers what is there. */
  static async begin(hypervisor: Hypervisor, { connection }: Host): Promise<FaultRecord> {
    await connection.domainDefineXml(foreignDomain);
    await connection.networkDefineXml(foreignNetwork);
    const pool = await connection.storagePoolDefineXml(foreignPool);
    await pool.build();
    await pool.create();
    await pool.volCreateXml(foreignVolume);
    return new FaultRecord(hypervisor, await inventory(hypervisor), await definitions(hypervisor));
  }

  /** Compares with the beginning, in the name of the running test; fails unless all is as it was. */
  async check(): Promise<void> {
    const now = await inventory(this.#hypervisor);
    const left = difference(now, this.#before);
    const gone = difference(this.#before, now);
    const changed = (await definitions(this.#hypervisor)) === this.#definitions ? gone : [...gone, "a definition"];
    const fault = expect.getState().currentTestName?.split(" > ").at(-1) ?? "";
    this.#rows.push([fault, left.length, changed.length]);
    expect({ left, changed }).toEqual({ left: [], changed: [] });
  }

  print(): void {
    const width = Math.max(...this.#rows.map(([fault]) => fault.length));
    const lines = this.#rows.map(([fault, left, changed]) => `${fault.padEnd(width)}  ${left}          ${changed}`);
    console.log([`${"fault".padEnd(width)}  leftovers  foreign changes`, ...lines].join("\n"));
  }
}

async function definitions(hypervisor: Hypervisor): Promise<string> {
  const dumps = [
    ["dumpxml", "keepsake"],
    ["net-dumpxml", "keepsake"],
    ["pool-dumpxml", "keepsake"],
  ].map((command) => hypervisor.exec(["virsh", ...command]));
  // How much room a pool has is no part of its definition.
  return (await Promise.all(dumps))
    .map(({ stdout }) => stdout.replaceAll(/<(allocation|available|capacity)[^]*?<\/\1>/g, ""))
    .join("\n");
}

function difference(inventory: Inventory, other: Inventory): readonly string[] {
  return (Object.keys(inventory) as (keyof Inventory)[]).flatMap((kind) => {
    const rest = [...other[kind]];
    return inventory[kind].flatMap((item) => {
      const index = rest.indexOf(item);
      if (index >= 0) rest.splice(index, 1);
      return index >= 0 || isLibvirtsOwn(item) ? [] : [`${kind} ${item}`];
    });
  });
}

/** What a daemon or guest that was killed leaves of its own (a network's state being written, the folder of a domain). */
function isLibvirtsOwn(file: string): boolean {
  return /^run\/libvirt\/network\/.*\.xml\.new$|^lib\/qemu\/domain-/.test(file);
}
