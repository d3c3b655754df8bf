import type { CanvasModel } from "@labscape/topology";
import type { Layout, LayoutGraph } from "@labscape/topology/layout";
import { added, snapped, type Point } from "./geometry.js";
import type { Key, Scene } from "./scene.js";

/** Two things are never placed nearer than this to one another. */
const ROOM = 90;

/** Nodes, bridges and cables as a layout wants them. Notes stay where they are. */
export function layoutGraph({ things, cables, frames }: Pick<Scene, "things" | "cables" | "frames">): LayoutGraph {
  const groupOf = new Map([...frames].flatMap(([group, keys]) => keys.map((key) => [key, group] as const)));
  return {
    nodes: [...things.values()].flatMap((thing) => {
      if (thing.kind === "note") return [];
      const group = groupOf.get(thing.key);
      const role = thing.kind === "node" ? thing.node.role : "bridge";
      return [{ id: thing.key, role, ...(group === undefined ? {} : { group }) }];
    }),
    links: [...cables.values()].map(({ src, dst }) => ({ src, dst })),
  };
}

/**
 * Places for the things that have none: few beside those that they are cabled to, many (or all, at the start) by a layout.
 * What has a place keeps it, so that a picture never rearranges itself under somebody's hands.
 */
export function placeNew(scene: Scene, direction: CanvasModel["direction"], arrange: Layout): ReadonlyMap<Key, Point> {
  const all = [...scene.things.values()].filter(({ kind }) => kind !== "note").map(({ key }) => key);
  const fresh = all.filter((key) => !scene.has(key));
  if (fresh.length === 0) return new Map();
  if (fresh.length * 2 < all.length && fresh.length <= 20) return placeBeside(scene, fresh);
  const laid = arrange(layoutGraph(scene), { direction });
  const offset = shiftTo(scene, all, laid);
  return new Map(fresh.map((key) => [key, snapped(added(laid.get(key) ?? { x: 0, y: 0 }, offset))]));
}

/** How far a layout must be shifted so that the things that have a place already lie, in the mean, where they are. */
function shiftTo(scene: Scene, all: readonly Key[], laid: ReadonlyMap<Key, Point>): Point {
  let x = 0;
  let y = 0;
  let count = 0;
  for (const key of all) {
    const point = laid.get(key);
    if (point === undefined || !scene.has(key)) continue;
    x += scene.at(key).x - point.x;
    y += scene.at(key).y - point.y;
    count += 1;
  }
  return count === 0 ? { x, y } : { x: x / count, y: y / count };
}

function placeBeside(scene: Scene, fresh: readonly Key[]): Map<Key, Point> {
  const taken = [...scene.positions.values()];
  const placed = new Map<Key, Point>();
  for (const key of fresh) {
    const neighbours = scene
      .cablesAt(key)
      .map(({ src, dst }) => (src === key ? dst : src))
      .flatMap((other) => (scene.has(other) ? [scene.at(other)] : (placed.get(other) ?? [])));
    const [first] = taken;
    const wanted =
      neighbours.length > 0
        ? added(meanOf(neighbours), { x: 0, y: 120 })
        : first === undefined
          ? { x: 0, y: 0 }
          : { x: meanOf(taken).x, y: Math.max(...taken.map(({ y }) => y)) + 120 };
    const point = freePlace(wanted, taken);
    taken.push(point);
    placed.set(key, point);
  }
  return placed;
}

/** The place nearest to the one that is wanted with room for a node, found on rings around it. */
export function freePlace(wanted: Point, taken: readonly Point[]): Point {
  for (let ring = 0; ; ring++) {
    const steps = Math.max(ring * 8, 1);
    for (let step = 0; step < steps; step++) {
      const angle = (step / steps) * 2 * Math.PI;
      const offset = { x: Math.cos(angle) * ring * ROOM, y: Math.sin(angle) * ring * ROOM };
      const point = snapped(added(wanted, offset));
      const isFree = taken.every(({ x, y }) => Math.abs(x - point.x) >= ROOM || Math.abs(y - point.y) >= ROOM);
      if (isFree) return point;
    }
  }
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce(added, { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
