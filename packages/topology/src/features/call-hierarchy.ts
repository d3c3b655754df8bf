import type { Analysis } from "../analysis.js";
import {
  locate,
  type BridgeDeclaration,
  type EndpointDeclaration,
  type Location,
  type NodeDeclaration,
} from "../model/index.js";
import { tableRange } from "../model/access.js";
import type { Range } from "../syntax/index.js";
import { referenceAt } from "./reference.js";
import type { HierarchyItem, HierarchyLink } from "./shapes.js";

/** The node or bridge under the cursor, as the start of a walk along its cables. */
export function prepareCallHierarchy(analysis: Analysis, offset: number): readonly HierarchyItem[] {
  const reference = referenceAt(analysis, offset);
  if (reference?.kind !== "node" && reference?.kind !== "bridge") return [];
  const item = itemOf(analysis, reference.kind, reference.name);
  return item === undefined ? [] : [item];
}

/** What has a link whose `dst` is at the node; for a bridge, the nodes on it. */
export function incomingLinks(
  analysis: Analysis,
  { kind, name }: Pick<HierarchyItem, "kind" | "name">,
): readonly HierarchyLink[] {
  const { manifest } = analysis;
  const found = new Neighbours(analysis);
  if (kind === "bridge") {
    for (const bridge of manifest.bridges)
      if (bridge.name?.value === name) for (const end of bridge.endpoints) found.addNode(end, end);
  } else for (const { src, dst } of manifest.links) if (isAt(dst, name)) found.addNode(src, src);
  return found.list();
}

/** Where the links lead whose `src` is at the node, and the bridges that it is on. Nothing leads away from a bridge. */
export function outgoingLinks(
  analysis: Analysis,
  { kind, name }: Pick<HierarchyItem, "kind" | "name">,
): readonly HierarchyLink[] {
  if (kind === "bridge") return [];
  const { manifest } = analysis;
  const found = new Neighbours(analysis);
  for (const { src, dst } of manifest.links) if (src !== undefined && isAt(src, name)) found.addNode(dst, src);
  for (const bridge of manifest.bridges)
    for (const end of bridge.endpoints)
      if (isAt(end, name) && bridge.name !== undefined) found.add("bridge", bridge.name.value, end);
  return found.list();
}

function isAt(end: EndpointDeclaration | undefined, name: string): boolean {
  return end?.node?.value === name;
}

/** Neighbours in the order in which they are met, each once with all the ends that lead to it. */
class Neighbours {
  readonly #analysis: Analysis;
  readonly #ranges = new Map<string, { readonly item: HierarchyItem; readonly ranges: Range[] }>();

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** @param through the end of the cable that is shown. */
  addNode(end: EndpointDeclaration | undefined, through: EndpointDeclaration | undefined): void {
    if (end?.node !== undefined && through !== undefined) this.add("node", end.node.value, through);
  }

  add(kind: HierarchyItem["kind"], name: string, { range }: EndpointDeclaration): void {
    const known = this.#ranges.get(`${kind} ${name}`);
    if (known !== undefined) known.ranges.push(range);
    else {
      const item = itemOf(this.#analysis, kind, name);
      if (item !== undefined) this.#ranges.set(`${kind} ${name}`, { item, ranges: [range] });
    }
  }

  list(): readonly HierarchyLink[] {
    return [...this.#ranges.values()].map(({ item, ranges }) => ({
      item,
      at: ranges.map((range) => place(this.#analysis, range)),
    }));
  }
}

function itemOf(analysis: Analysis, kind: HierarchyItem["kind"], name: string): HierarchyItem | undefined {
  const { manifest } = analysis;
  const declared: NodeDeclaration | BridgeDeclaration | undefined =
    kind === "node" ? manifest.nodesByName.get(name) : manifest.bridges.find((bridge) => bridge.name?.value === name);
  if (declared?.name === undefined) return undefined;
  const detail =
    "endpoints" in declared ? `bridge, ${declared.endpoints.length} ports` : (declared.modelName?.value ?? "");
  const whole = tableRange(declared.table);
  const { range } = declared.name;
  const within = whole.start <= range.start && range.end <= whole.end;
  return { kind, name, detail, at: place(analysis, within ? whole : range), nameAt: place(analysis, range) };
}

function place(analysis: Analysis, range: Range): Location {
  return locate(analysis.sources, range);
}
