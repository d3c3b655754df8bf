import { snapped, type Point } from "./geometry.js";

export type Alignment = "left" | "center" | "right" | "top" | "middle" | "bottom" | "across" | "down";

/** Where things stand when they are aligned, or spaced evenly (`across`, `down`) between the outermost two. */
export function aligned<K>(things: ReadonlyMap<K, Point>, alignment: Alignment): Map<K, Point> {
  const points = [...things.values()];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const all = (place: (point: Point) => Point): Map<K, Point> =>
    new Map([...things].map(([key, point]) => [key, snapped(place(point))]));
  switch (alignment) {
    case "left":
      return all(({ y }) => ({ x: Math.min(...xs), y }));
    case "center":
      return all(({ y }) => ({ x: (Math.min(...xs) + Math.max(...xs)) / 2, y }));
    case "right":
      return all(({ y }) => ({ x: Math.max(...xs), y }));
    case "top":
      return all(({ x }) => ({ x, y: Math.min(...ys) }));
    case "middle":
      return all(({ x }) => ({ x, y: (Math.min(...ys) + Math.max(...ys)) / 2 }));
    case "bottom":
      return all(({ x }) => ({ x, y: Math.max(...ys) }));
    case "across":
      return spaced(things, "x");
    case "down":
      return spaced(things, "y");
  }
}

function spaced<K>(things: ReadonlyMap<K, Point>, axis: "x" | "y"): Map<K, Point> {
  const sorted = [...things].sort(([, a], [, b]) => a[axis] - b[axis]);
  const first = sorted[0]?.[1][axis] ?? 0;
  const last = sorted.at(-1)?.[1][axis] ?? 0;
  const step = (last - first) / Math.max(sorted.length - 1, 1);
  return new Map(sorted.map(([key, point], index) => [key, snapped({ ...point, [axis]: first + index * step })]));
}
