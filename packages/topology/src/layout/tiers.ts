import type { Layout, LayoutNode } from "./graph.js";
import { centred, SPACING, turned } from "./finish.js";
import { netOf } from "./net.js";
import { placeRows } from "./rows.js";

/** Where nodes without a group stand, beneath one another. */
const roles = ["router", "firewall", "switch", "other", "bridge", "host"];

/** A tier for each group, in the order in which the groups first come; then nodes without a group, by what they are. */
export const tiers: Layout = (graph, { spacing = SPACING, direction } = {}) => {
  const groups: string[] = [];
  for (const { group } of graph.nodes) if (group !== undefined && !groups.includes(group)) groups.push(group);
  const tierOf = ({ group, role = "other" }: LayoutNode) =>
    group === undefined ? groups.length + Math.max(0, roles.indexOf(role)) : groups.indexOf(group);
  const layers: number[][] = [];
  for (const [index, node] of graph.nodes.entries()) (layers[tierOf(node)] ??= []).push(index);
  const net = netOf(graph);
  // Tiers that nobody stands in leave holes in the list, which are passed over.
  const spots = placeRows(net, Object.values(layers), spacing);
  return centred(
    graph,
    graph.nodes.map((_, index) => turned(spots.get(index) ?? { along: 0, across: 0 }, direction)),
  );
};
