import { textOf } from "../model/access.js";
import { parseCidr } from "../model/address.js";
import { effectiveEntry } from "../model/layers.js";
import { settingOf, settingsOf } from "../model/settings.js";
import type { NodeDeclaration } from "../model/index.js";
import type { Entry } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** The management network: room for every node, and nothing that it makes useless. */
export function checkManagement(context: CheckContext): void {
  const management = settingsOf(context.manifest, "management");
  const mode = textOf(settingOf(management, "mode")?.value);
  const ipv4 = settingOf(management, "ipv4");
  if (ipv4 !== undefined) checkRoom(ipv4, context);
  if (mode?.value === "user" || mode?.value === "none") {
    const why = `management.mode is "${mode.value}", which makes no network`;
    if (ipv4 !== undefined) reportIdle("ipv4", ipv4, why, context);
    reportOfNodes(["ipv4_address", "ready_port"], () => why, context);
  } else reportOfNodes(["ipv4_address", "ready_port"], withoutPort, context);
  reportOfNodes(["ready_port"], skipsCheck, context);
}

function withoutPort({ model }: NodeDeclaration): string | undefined {
  return model === undefined || model.ports.management !== undefined
    ? undefined
    : `${model.title} has no management port`;
}

function skipsCheck({ layers }: NodeDeclaration): string | undefined {
  const skips = effectiveEntry(layers, "skip_ready_check")?.entry.value;
  return skips?.kind === "boolean" && skips.value ? "`skip_ready_check` counts the node as ready at once" : undefined;
}

/** @param idle why the key is idle for a node; undefined where it acts. What several nodes take over is idle when it is for all. */
function reportOfNodes(
  keys: readonly string[],
  idle: (node: NodeDeclaration) => string | undefined,
  context: CheckContext,
): void {
  for (const key of keys) {
    const reasons = new Map<Entry, string | undefined>();
    for (const node of context.manifest.nodes) {
      const entry = effectiveEntry(node.layers, key)?.entry;
      if (entry === undefined) continue;
      const reason = idle(node);
      reasons.set(entry, reasons.has(entry) && reasons.get(entry) === undefined ? undefined : reason);
    }
    for (const [entry, reason] of reasons) if (reason !== undefined) reportIdle(key, entry, reason, context);
  }
}

function reportIdle(name: string, { key }: Entry, reason: string, { report }: CheckContext): void {
  report("key-has-no-effect", key.range, `\`${name}\` has no effect: ${reason}.`, { tag: "unnecessary" });
}

/** The network's own address, the host's and the broadcast address belong to no node. */
const NOT_FOR_NODES = 3n;

function checkRoom({ value }: Entry, { manifest, report }: CheckContext): void {
  const text = textOf(value);
  const network = text === undefined ? undefined : parseCidr(text.value);
  if (text === undefined || network?.family !== 4) return;
  const room = network.last - network.first + 1n - NOT_FOR_NODES;
  const nodes = manifest.nodes.filter(({ model }) => model?.ports.management !== undefined).length;
  if (room >= BigInt(nodes) && room > 0n) return;
  const addresses = room <= 0n ? "no address" : room === 1n ? "one address" : `${String(room)} addresses`;
  report("out-of-range", text.range, `${text.value} has ${addresses} for nodes, and the lab has ${nodes}.`);
}
