import type { Layout, LayoutGraph } from "./graph.js";
import { centred, packed, SPACING, turned } from "./finish.js";
import { folded } from "./fold.js";
import { distances, netOf, partsOf, type Net } from "./net.js";
import { placeRows } from "./rows.js";

/**
 * Layers from the core of the network to its edge: hosts and what has one cable stand in the last, and each other node as many
 * layers before it as there are cables between; in a network without an edge the nodes with the most cables come first.
 */
export const layered: Layout = (graph, { spacing = SPACING, direction } = {}) => {
  const net = netOf(graph);
  const parts = partsOf(net).map((part) => {
    const spots = folded(placeRows(net, layersOf(part, net, graph), spacing), spacing);
    return new Map([...spots].map(([node, spot]) => [node, turned(spot, direction)]));
  });
  return centred(graph, packed(parts, net.size, spacing * 1.5));
};

function layersOf(part: readonly number[], net: Net, { nodes }: LayoutGraph): readonly (readonly number[])[] {
  const degree = (node: number) => net.neighbours[node]?.length ?? 0;
  const edge = part.filter((node) => nodes[node]?.role === "host" || degree(node) <= 1);
  const fromEdge = edge.length > 0 && edge.length < part.length;
  const distance = distances(net, fromEdge ? edge : coreOf(part, net, degree));
  const layers: number[][] = [];
  for (const node of part) (layers[distance.get(node) ?? 0] ??= []).push(node);
  return fromEdge ? layers.reverse() : layers;
}

/** The nodes with the most cables, as long as no cable joins two of them. */
function coreOf(part: readonly number[], { neighbours }: Net, degree: (node: number) => number): readonly number[] {
  const highest = part.reduce((most, node) => Math.max(most, degree(node)), 0);
  const core = part.filter((node) => degree(node) === highest);
  const members = new Set(core);
  const isApart = core.every((node) => neighbours[node]?.every((next) => !members.has(next)) === true);
  return isApart ? core : core.slice(0, 1);
}
