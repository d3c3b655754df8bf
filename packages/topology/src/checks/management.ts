import { textOf } from "../model/access.js";
import { parseCidr } from "../model/address.js";
import { effectiveEntry } from "../model/layers.js";
import { settingOf, settingsOf } from "../model/settings.js";
import type { NodeDeclaration } from "../model/index.js";
import type { Entry } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** Keys of nodes that speak of the management network. */
const nodeKeys = ["ipv4_address", "ipv6_address", "ready_port"];

/** The management network: room for every node, and nothing that it makes useless. */
export function checkManagement(context: CheckContext): void {
  const management = settingsOf(context.manifest, "management");
  const mode = textOf(settingOf(management, "mode")?.value);
  const ipv4 = settingOf(management, "ipv4");
  const ipv6 = settingOf(management, "ipv6");
  if (ipv4 !== undefined) checkRoom(ipv4, 4, context);
  if (ipv6 !== undefined) checkRoom(ipv6, 6, context);
  if (mode?.value === "user" || mode?.value === "none") {
    const why = `management.mode is "${mode.value}", which makes no network`;
    for (const name of ["ipv4", "ipv6", "dns"]) {
      const entry = settingOf(management, name);
      if (entry !== undefined) reportIdle(name, entry, why, context);
    }
    reportOfNodes(nodeKeys, () => why, context);
  } else {
    reportOfNodes(nodeKeys, withoutPort, context);
    if (ipv6 === undefined) reportOfNodes(["ipv6_address"], withoutNetwork, context);
  }
  reportOfNodes(["ready_port"], skipsCheck, context);
}

function withoutNetwork(node: NodeDeclaration): string | undefined {
  return withoutPort(node) === undefined ? "`management.ipv6` gives the network no IPv6" : undefined;
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

/** The network's own address and the host's belong to no node, in IPv4 the broadcast address neither. */
const notForNodes = { 4: 3n, 6: 2n } as const;

function checkRoom({ value }: Entry, family: 4 | 6, { manifest, report }: CheckContext): void {
  const text = textOf(value);
  const network = text === undefined ? undefined : parseCidr(text.value);
  if (text === undefined || network?.family !== family) return;
  const room = network.last - network.first + 1n - notForNodes[family];
  const nodes = manifest.nodes.filter(({ model }) => model?.ports.management !== undefined).length;
  if (room >= BigInt(nodes) && room > 0n) return;
  const addresses = room <= 0n ? "no address" : room === 1n ? "one address" : `${String(room)} addresses`;
  report("out-of-range", text.range, `${text.value} has ${addresses} for nodes, and the lab has ${nodes}.`);
}
