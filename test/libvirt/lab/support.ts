import type { Duplex } from "node:stream";
import { builtinCatalogue, type Catalogue } from "@labscape/devices";
import {
  applyPlan,
  buildSeed,
  createSecret,
  planLab,
  waitReady,
  type ApplyOptions,
  type Host,
  type LabEvent,
  type LabServices,
  type Outcome,
  type Plan,
} from "@labscape/lab";
import { analyze, type ResolvedLab } from "@labscape/topology";
import { guestCommandLine, guestImage } from "../../guests/index.js";
import type { Hypervisor } from "../hypervisor.js";

export const MANIFEST = "/labs/test.lab.toml";

/** A lab from the text of a manifest without errors. */
export function labOf(text: string, catalogue: Catalogue = builtinCatalogue, file = MANIFEST): ResolvedLab {
  const { lab, findings } = analyze(text, { file, catalogue });
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return lab;
}

/**
 * Text of a manifest: `count` tiny_linux nodes n1, n2, ... in a ring (a line, for two), each with eth1 to the next one and
 * eth2 from the one before. Cable i is 10.0.i.0/24 (10.1.0.0/24 comes after 10.0.255.0/24): .1 at its source, .2 at its other end.
 */
export function ring(name: string, count: number, changes: RingChanges = {}): string {
  const cables = count === 2 ? 1 : count;
  const nodes = Array.from({ length: count }, (_, index) => {
    const before = (index + count - 1) % count;
    const addresses = [
      ...(index < cables ? [`eth1 = { ipv4 = "${cable(index + 1)}.1/24" }`] : []),
      ...(before < cables ? [`eth2 = { ipv4 = "${cable(before + 1)}.2/24" }`] : []),
    ];
    const more = changes.node?.(`n${index + 1}`) ?? "";
    return `{ name = "n${index + 1}", model = "tiny_linux", interfaces = { ${addresses.join(", ")} }${more} }`;
  });
  const links = Array.from({ length: cables }, (_, index) => {
    const next = ((index + 1) % count) + 1;
    return `{ src = "n${index + 1}::eth1", dst = "n${next}::eth2"${changes.link ?? ""} }`;
  });
  return `name = "${name}"\nnodes = [${[...nodes, ...(changes.nodes ?? [])].join(", ")}]\nlinks = [${links.join(", ")}]\n${changes.rest ?? ""}`;
}

function cable(number: number): string {
  return `10.${number >> 8}.${number & 255}`;
}

export interface RingChanges {
  /** Keys to add to a node. */
  readonly node?: (name: string) => string;
  /** Keys to add to each link. */
  readonly link?: string;
  /** Further nodes. */
  readonly nodes?: readonly string[];
  /** Further lines. */
  readonly rest?: string;
}

/** The engine's own services but for images: the guest that tests build, from its kernel or its disk. */
export async function testServices(from: "kernel" | "disk" = "kernel"): Promise<LabServices> {
  const { kernel, initrd, disk } = await guestImage("tiny_linux");
  const image =
    from === "kernel"
      ? { version: "test", kernel: { kernel, initrd, cmdline: guestCommandLine }, extraDisks: [] }
      : {
          version: "test",
          disk: { path: disk, format: "qcow2" as const, capacity: 64n * 1024n ** 2n },
          extraDisks: [],
        };
  return {
    images: { resolve: () => Promise.resolve(image) },
    buildSeed,
    createSecret,
    userKeys: () => Promise.resolve([]),
    waitReady,
  };
}

export interface Run {
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly events: readonly LabEvent[];
}

/** Plans and applies. */
export async function up(
  text: string,
  host: Host,
  services: LabServices,
  options: Omit<ApplyOptions, "onEvent"> = {},
): Promise<Run> {
  const plan = await planLab(labOf(text), host, { manifest: MANIFEST, services });
  const events: LabEvent[] = [];
  const outcome = await applyPlan(plan, host, { ...options, onEvent: (event) => events.push(event) });
  return { plan, outcome, events };
}

/** Ids of the steps that a plan for the text has. */
export async function stepsOf(text: string, host: Host, services: LabServices): Promise<readonly string[]> {
  const plan = await planLab(labOf(text), host, { manifest: MANIFEST, services });
  return plan.steps.map(({ id }) => id);
}

/** Which life each node lives: the number that libvirt gave it, and when its QEMU started. */
export async function livesOf(
  hypervisor: Hypervisor,
  host: Host,
  lab: string,
  nodes: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const entries = nodes.map(async (node) => {
    const name = `${lab}.${node}`;
    const { id } = await host.connection.domainLookupByName(name);
    const { stdout: pid } = await hypervisor.exec(["cat", `/run/libvirt/qemu/${name}.pid`]);
    const { stdout: stat } = await hypervisor.exec(["cat", `/proc/${pid.trim()}/stat`]);
    // Field 22 of proc(5); the name before may have blanks.
    return [node, `${id}, ${stat.slice(stat.lastIndexOf(")")).split(" ")[20] ?? ""}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** A guest's shell on its console. */
export class Shell {
  readonly #stream: Duplex;
  #text = "";
  #commands = 0;

  private constructor(stream: Duplex) {
    this.#stream = stream;
    stream.setEncoding("utf8").on("data", (data: string) => (this.#text += data));
    stream.on("error", () => undefined); // Whoever waits is told by "close".
  }

  /** Takes the console over from whoever has it. */
  static async open(domain: { openConsole(name: undefined, flags: number): Promise<Duplex> }): Promise<Shell> {
    return new Shell(await domain.openConsole(undefined, 1));
  }

  static async of(host: Host, domainName: string): Promise<Shell> {
    return Shell.open(await host.connection.domainLookupByName(domainName));
  }

  /** Resolves when the guest says what matches; rejects with what it said instead. */
  waitFor(pattern: RegExp, timeout = 90_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(this.#text);
        if (found !== null) settle(() => resolve(found));
      };
      const fail = (): void => settle(() => reject(new Error(`no ${String(pattern)}, but:\n${this.#text}`)));
      const timer = setTimeout(fail, timeout);
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        this.#stream.off("data", look).off("close", fail);
        outcome();
      };
      this.#stream.on("data", look).on("close", fail);
      look();
    });
  }

  /** Runs a command; resolves with its output and status. */
  async run(command: string): Promise<{ readonly output: string; readonly status: number }> {
    const number = ++this.#commands;
    // The shell puts the marks together, so that the echo of the typed line does not hold them.
    this.#stream.write(`echo "<"${number}; ${command}; echo "$?>"${number}\n`);
    const [, output = "", status] = await this.waitFor(new RegExp(`<${number}\\r?\\n([^]*?)(\\d+)>${number}\\r?\\n`));
    return { output: output.replaceAll("\r\n", "\n"), status: Number(status) };
  }

  close(): void {
    this.#stream.destroy();
  }
}
