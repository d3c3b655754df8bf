import { totalSize, type MachineSize } from "@labscape/devices";
import type { HostFacts } from "../analysis.js";
import { textOf } from "../model/access.js";
import { effectiveEntry } from "../model/layers.js";
import { bridgeSettings, settingOf } from "../model/settings.js";
import type { NodeDeclaration } from "../model/index.js";
import type { Range } from "../syntax/tree.js";
import { formatMemory } from "../model/format-memory.js";
import { replaceFix, type CheckContext } from "./context.js";

const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

/** What the lab asks of its host; only where the host was asked. */
export function checkHost(context: CheckContext): void {
  const host = context.providers.host?.();
  if (host === undefined) return;
  checkMemory(host, context);
  checkCpus(host, context);
  checkDisk(host, context);
  checkBridges(host, context);
}

/** A number that a node has in the end: given somewhere, else the model's. */
function amount({ layers }: NodeDeclaration, key: string, otherwise: number): number {
  const value = effectiveEntry(layers, key)?.entry.value;
  return value?.kind === "integer" ? Number(value.value) : otherwise;
}

/** What all virtual machines of a node take together; undefined without a known model. */
function sizeOf(node: NodeDeclaration): MachineSize | undefined {
  const { model } = node;
  if (model === undefined) return undefined;
  const { cpuCount, memory } = model.hardware;
  return totalSize(model, { cpuCount: amount(node, "cpu_count", cpuCount), memory: amount(node, "memory", memory) });
}

function checkMemory({ memory }: HostFacts, { manifest, report }: CheckContext): void {
  if (memory === undefined) return;
  const needed = manifest.nodes.reduce((sum, node) => sum + (sizeOf(node)?.memory ?? 0), 0);
  const at = nodesRange(manifest.nodes);
  if (needed <= memory || at === undefined) return;
  report(
    "host-memory-exceeded",
    at,
    `The nodes need ${formatMemory(needed)} of memory together, and the host has ${formatMemory(memory)}. Give them less, or start fewer.`,
  );
}

function checkCpus({ cpuCount }: HostFacts, { manifest, report }: CheckContext): void {
  if (cpuCount === undefined) return;
  for (const node of manifest.nodes) {
    const wanted = sizeOf(node)?.cpuCount ?? 0;
    if (wanted <= cpuCount) continue;
    const isSeveral = (node.model?.members.length ?? 0) > 0;
    const fix = `Change to ${cpuCount}`;
    const effective = effectiveEntry(node.layers, "cpu_count");
    const own = effective?.origin.kind === "node" ? effective.entry.value : undefined;
    report(
      "host-cpu-exceeded",
      own?.kind === "integer" ? own.range : nameRange(node),
      `This node has ${wanted} CPUs, and the host has ${cpuCount}: it would be slower than with as many as the host.`,
      { fixes: own?.kind === "integer" && !isSeveral ? [replaceFix(fix, own.range, String(cpuCount))] : [] },
    );
  }
}

/** What the manifest asks for by its own words; disks grow as they are written to, and most stay small. */
function checkDisk({ diskSize }: HostFacts, { manifest, report }: CheckContext): void {
  if (diskSize === undefined) return;
  const wanted = manifest.nodes.reduce((sum, node) => {
    const { members = [], hardware } = node.model ?? {};
    const machines = members.length === 0 ? [hardware] : members.map((member) => member.hardware);
    const extra = machines.flatMap((machine) => machine?.extraDisks ?? []);
    const total = extra.reduce((bytes, { size = 0 }) => bytes + size * MIB, 0);
    return sum + amount(node, "boot_disk_size", 0) * GIB + total;
  }, 0);
  const at = nodesRange(manifest.nodes);
  if (wanted <= diskSize || at === undefined) return;
  const size = (bytes: number) => formatMemory(bytes / MIB);
  report(
    "host-disk-exceeded",
    at,
    `The disks that the nodes ask for can grow to ${size(wanted)}, and the host's file system has ${size(diskSize)} in all.`,
  );
}

function checkBridges({ bridges }: HostFacts, { manifest, report, nearest }: CheckContext): void {
  if (bridges === undefined) return;
  for (const bridge of manifest.bridges) {
    const external = textOf(settingOf(bridgeSettings(bridge), "external")?.value);
    if (external === undefined || external.value === "" || bridges.includes(external.value)) continue;
    const near = nearest(external.value, bridges);
    const has = bridges.length === 0 ? "It has none." : `It has ${bridges.slice(0, 8).join(", ")}.`;
    report("external-bridge-missing", external.range, `The host has no bridge \`${external.value}\`. ${has}`, {
      fixes: near === undefined ? [] : [replaceFix(`Change to "${near}"`, external.range, near)],
    });
  }
}

/** Where something is said of all nodes: at the first one. */
function nodesRange([first]: readonly NodeDeclaration[]): Range | undefined {
  return first === undefined ? undefined : nameRange(first);
}

function nameRange({ name, table }: NodeDeclaration): Range {
  return name?.range ?? table.nameRange;
}
