import type { Point } from "../model/lab.js";
import type { LayoutGraph, LayoutOptions } from "./graph.js";
import type { Spot } from "./rows.js";

export const SPACING = 120;

/** Turns rows into the direction of the picture. */
export function turned({ along, across }: Spot, direction: LayoutOptions["direction"] = "TB"): Point {
  switch (direction) {
    case "TB":
      return { x: along, y: across };
    case "BT":
      return { x: along, y: -across };
    case "LR":
      return { x: across, y: along };
    case "RL":
      return { x: -across, y: along };
  }
}

/** The places by the ids of the nodes, in whole units, around the origin. */
export function centred({ nodes }: LayoutGraph, places: readonly Point[]): ReadonlyMap<string, Point> {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of places) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const middle = { x: (bounds.left + bounds.right) / 2, y: (bounds.top + bounds.bottom) / 2 };
  // Adding zero makes zero of minus zero.
  const whole = (value: number) => Math.round(value) + 0;
  return new Map(
    nodes.map(({ id }, index) => {
      const { x, y } = places[index] ?? middle;
      return [id, { x: whole(x - middle.x), y: whole(y - middle.y) }];
    }),
  );
}

/** A part of a picture: the places of its nodes, by their positions in the graph. */
export type PartPlaces = ReadonlyMap<number, Point>;

/** Puts parts side by side in lines of about the same length, none on another. */
export function packed(parts: readonly PartPlaces[], size: number, gap: number): readonly Point[] {
  const places: Point[] = Array.from({ length: size }, () => ({ x: 0, y: 0 }));
  const boxes = parts.map((part) => {
    const xs = [...part.values()].map(({ x }) => x);
    const ys = [...part.values()].map(({ y }) => y);
    const [left, top] = [least(xs), least(ys)];
    return { part, left, top, width: most(xs) - left + gap, height: most(ys) - top + gap };
  });
  const area = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  const lineLength = Math.max(Math.sqrt(area) * 1.4, most(boxes.map(({ width }) => width)));
  let x = 0;
  let y = 0;
  let lineHeight = 0;
  for (const { part, left, top, width, height } of boxes) {
    if (x > 0 && x + width > lineLength + 1) {
      x = 0;
      y += lineHeight;
      lineHeight = 0;
    }
    for (const [node, place] of part) places[node] = { x: place.x - left + x, y: place.y - top + y };
    x += width;
    lineHeight = Math.max(lineHeight, height);
  }
  return places;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
