import type { LayoutGraph } from "./graph.js";

/** A graph by the positions of its nodes: who is joined to whom, each neighbour once. */
export interface Net {
  readonly size: number;
  readonly neighbours: readonly (readonly number[])[];
}

/** Links to oneself, to nobody, and second links between the same two are passed over. */
export function netOf({ nodes, links }: LayoutGraph): Net {
  const index = new Map(nodes.map(({ id }, position) => [id, position]));
  const neighbours = nodes.map(() => new Set<number>());
  for (const { src, dst } of links) {
    const [a, b] = [index.get(src), index.get(dst)];
    if (a === undefined || b === undefined || a === b) continue;
    neighbours[a]?.add(b);
    neighbours[b]?.add(a);
  }
  return { size: nodes.length, neighbours: neighbours.map((set) => [...set]) };
}

/** The parts of a net that no link joins, the largest first; each in the order of its nodes. */
export function partsOf({ size, neighbours }: Net): readonly (readonly number[])[] {
  const seen = new Set<number>();
  const parts: number[][] = [];
  for (let start = 0; start < size; start++) {
    if (seen.has(start)) continue;
    seen.add(start);
    const part = [start];
    for (const node of part)
      for (const next of neighbours[node] ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts.sort((a, b) => b.length - a.length);
}

/** How many links lie between each node of a part and the nearest of some of its nodes. */
export function distances({ neighbours }: Net, sources: readonly number[]): ReadonlyMap<number, number> {
  const distance = new Map(sources.map((source) => [source, 0]));
  const queue = [...sources];
  for (const node of queue)
    for (const next of neighbours[node] ?? [])
      if (!distance.has(next)) {
        distance.set(next, (distance.get(node) ?? 0) + 1);
        queue.push(next);
      }
  return distance;
}
