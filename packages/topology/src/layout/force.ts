import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";
import type { Layout } from "./graph.js";
import { centred, SPACING } from "./finish.js";
import { layered } from "./layered.js";

interface Body extends SimulationNodeDatum {
  readonly id: string;
  readonly group: string | undefined;
}

/** Steps until it is still; fewer for large graphs, where each takes longer and the eye sees less of it. */
function steps(size: number): number {
  return Math.max(40, Math.min(300, Math.round(30_000 / Math.max(size, 1))));
}

/** Nodes push one another off, cables pull together, and the members of a group too. Starts from layers, so that it is always the same. */
export const force: Layout = (graph, { spacing = SPACING } = {}) => {
  const start = layered(graph, { spacing });
  const bodies = graph.nodes.map(({ id, group }): Body => ({ id, group, ...start.get(id) }));
  const ids = new Set(graph.nodes.map(({ id }) => id));
  const links = graph.links
    .filter(({ src, dst }) => src !== dst && ids.has(src) && ids.has(dst))
    .map(({ src, dst }): SimulationLinkDatum<Body> => ({ source: src, target: dst }));
  const count = steps(bodies.length);
  const simulation = forceSimulation(bodies)
    .stop()
    .alphaDecay(1 - 0.001 ** (1 / count))
    .force(
      "links",
      forceLink<Body, SimulationLinkDatum<Body>>(links)
        .id(({ id }) => id)
        .distance(spacing),
    )
    .force(
      "charge",
      forceManyBody<Body>()
        .strength(-spacing * 4)
        .theta(1.5)
        .distanceMax(spacing * 12),
    )
    .force("collide", forceCollide<Body>(spacing * 0.45))
    .force("x", forceX<Body>(0).strength(0.03))
    .force("y", forceY<Body>(0).strength(0.03))
    .force("groups", (alpha) => gather(bodies, alpha * 0.25));
  simulation.tick(count);
  return centred(
    graph,
    bodies.map(({ x = 0, y = 0 }) => ({ x, y })),
  );
};

/** Pulls the members of each group towards their middle. */
function gather(bodies: readonly Body[], strength: number): void {
  const middles = new Map<string, { x: number; y: number; count: number }>();
  for (const { group, x = 0, y = 0 } of bodies) {
    if (group === undefined) continue;
    const middle = middles.get(group) ?? { x: 0, y: 0, count: 0 };
    middles.set(group, { x: middle.x + x, y: middle.y + y, count: middle.count + 1 });
  }
  for (const body of bodies) {
    const middle = body.group === undefined ? undefined : middles.get(body.group);
    if (middle === undefined) continue;
    body.vx = (body.vx ?? 0) + (middle.x / middle.count - (body.x ?? 0)) * strength;
    body.vy = (body.vy ?? 0) + (middle.y / middle.count - (body.y ?? 0)) * strength;
  }
}
