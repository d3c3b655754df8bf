import type { Spot } from "./rows.js";

/** A picture that is so many times longer than wide is folded, unless it is short in all. */
const LONGEST = 6;
const SHORT = 24;

/**
 * Folds a strip of many short rows, such as a long chain or ring makes, into columns beside one another: down the first, up the
 * next, so that neighbours stay neighbours.
 *
 * @param spacing between neighbours.
 */
export function folded(spots: ReadonlyMap<number, Spot>, spacing: number): ReadonlyMap<number, Spot> {
  let [left, right, length] = [Infinity, -Infinity, 0];
  for (const { along, across } of spots.values()) {
    left = Math.min(left, along);
    right = Math.max(right, along);
    length = Math.max(length, across);
  }
  const column = right - left + spacing * 2;
  if (length <= column * LONGEST || length <= spacing * SHORT) return spots;
  const count = Math.ceil(Math.sqrt(length / column));
  const height = length / count;
  return new Map(
    [...spots].map(([node, { along, across }]) => {
      const index = Math.min(Math.floor(across / height), count - 1);
      const down = across - index * height;
      return [node, { along: along + index * column, across: index % 2 === 0 ? down : height - down }];
    }),
  );
}
