import { portAliases } from "@labscape/devices";
import { writtenAt, type EndpointDeclaration, type LinkRow, type Manifest } from "../model/index.js";
import { touches } from "../model/access.js";
import { portByNumber } from "../model/ports.js";
import { writtenEndpoints } from "../model/references.js";
import { freePorts, PortUsage } from "../model/usage.js";
import { byName, item, openText, order, type ValueContext } from "./items.js";
import type { Completion } from "./shapes.js";
import type { Slot } from "./slot.js";

/** In `"node::port"`: nodes that have a free port, and behind the colons the free ports of that node. */
export function completeEndpoint(context: ValueContext): readonly Completion[] {
  const { analysis, offset, slot } = context;
  const typed = slot.inString ? writtenAt(analysis.sources, { start: slot.range.start, end: offset }) : "";
  const colons = typed.indexOf("::");
  return colons < 0
    ? nodes(context)
    : ports(context, typed.slice(0, colons), typed.slice(colons + 2), slot.range.start + colons + 2);
}

function nodes({ analysis, offset, slot }: ValueContext): readonly Completion[] {
  const { manifest } = analysis;
  const usage = new PortUsage(manifest);
  const edited = endpointAt(manifest, offset);
  const other = otherNode(manifest, offset);
  // The colons are written with the name, and what stands behind them already stays.
  const end = slot.inString ? writtenAt(analysis.sources, slot.range).indexOf("::") : -1;
  const range = end < 0 ? slot.range : { start: slot.range.start, end: slot.range.start + end };
  const all = [...manifest.nodesByName.values()].sort((a, b) => byName(a.name?.value ?? "", b.name?.value ?? ""));
  return all.flatMap((node, index): readonly Completion[] => {
    const { name, model } = node;
    if (name === undefined || name.value === "" || model === undefined || name.value === other) return [];
    const [free] = freePorts(node, usage, 1, edited);
    if (free === undefined) return [];
    const detail = `${model.title} · next free ${free.name}`;
    // The cursor goes behind the colons, before the closing quote.
    const newText = end < 0 ? openText(slot, `${name.value}::`) : name.value;
    const filterText = slot.inString ? name.value : slot.quote(name.value);
    return [
      { label: name.value, kind: "node", detail, range, newText, snippet: end < 0, filterText, sortText: order(index) },
    ];
  });
}

function ports(
  { analysis, offset, slot }: ValueContext,
  nodeName: string,
  typed: string,
  start: number,
): readonly Completion[] {
  const { manifest } = analysis;
  const node = manifest.nodesByName.get(nodeName);
  if (node?.model === undefined) return [];
  const { model } = node;
  const portSlot: Slot = { ...slot, range: { start, end: Math.max(start, slot.range.end) } };
  return freePorts(node, new PortUsage(manifest), Infinity, endpointAt(manifest, offset)).map(({ index, name }) => {
    const ref = portByNumber(model, index);
    const names = ref === undefined ? [name] : portAliases(model, ref);
    return item(portSlot, "port", name, {
      detail: model.title,
      filterText: filterOf(names, typed),
      sortText: order(index),
    });
  });
}

/**
 * What typing is matched against: every name of the port. One that starts as what is typed comes first, as some editors
 * look only at the start of the text.
 */
function filterOf(names: readonly string[], typed: string): string {
  const matches = (name: string) => Number(name.toLowerCase().startsWith(typed.toLowerCase()));
  return [...new Set(names)].sort((a, b) => matches(b) - matches(a)).join(" ");
}

/** The end that is being written. */
function endpointAt(manifest: Manifest, offset: number): EndpointDeclaration | undefined {
  for (const end of writtenEndpoints(manifest)) if (touches(end.range, offset)) return end;
  return undefined;
}

/** The row of a link that the cursor is in. */
export function linkAt(manifest: Manifest, offset: number): LinkRow | undefined {
  const rows = manifest.links.flatMap((link) => link.rows);
  return rows.find(({ table }) => table.ranges.some((range) => touches(range, offset)));
}

/** The node at the other end of the link that is being written; a link joins two nodes. */
function otherNode(manifest: Manifest, offset: number): string | undefined {
  const link = linkAt(manifest, offset);
  const ends = [link?.src, link?.dst].flatMap((end) => end ?? []);
  return ends.find((end) => !touches(end.range, offset))?.node?.value;
}
