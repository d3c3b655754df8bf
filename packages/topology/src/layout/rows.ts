import type { Net } from "./net.js";

/** A node's place before it is turned: along its row, and the row. */
export interface Spot {
  readonly along: number;
  readonly across: number;
}

/** How often rows are ordered and moved by what their nodes are joined to. */
const ORDER_SWEEPS = 8;
const PLACE_SWEEPS = 12;

/**
 * Places the nodes of a net in rows, so that cables between rows cross as little and run as straight as can be had quickly. A row
 * that is much longer than the picture is high becomes several, its nodes one after the other in each.
 * @param layers the nodes of each row, at first in any order.
 * @param spacing between neighbours, and between rows.
 */
export function placeRows(
  net: Net,
  layers: readonly (readonly number[])[],
  spacing: number,
): ReadonlyMap<number, Spot> {
  const count = layers.reduce((sum, layer) => sum + layer.length, 0);
  const longest = Math.max(12, Math.ceil(2.2 * Math.sqrt(count)));
  const rows = orderRows(net, layers);
  const folds = rows.map((row) => Math.max(1, Math.ceil(row.length / longest)));
  const along = placeAlong(net, rows, folds, spacing);
  const spots = new Map<number, Spot>();
  let across = 0;
  for (const [index, row] of rows.entries()) {
    const fold = folds[index] ?? 1;
    for (const [position, node] of row.entries())
      spots.set(node, { along: along.get(node) ?? 0, across: across + (position % fold) * spacing });
    // Rows stand farther apart than the parts of one.
    across += (fold - 1) * spacing + spacing * 1.5;
  }
  return spots;
}

/** Orders each row by the middle of the neighbours in other rows, to and fro. */
function orderRows({ neighbours }: Net, layers: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const rows = layers.map((layer) => [...layer]);
  const rowOf = new Map(rows.flatMap((row, index) => row.map((node) => [node, index] as const)));
  const place = new Map<number, number>();
  const note = (row: readonly number[]) => {
    // Rows of different length are compared by where in the row a node stands.
    for (const [position, node] of row.entries()) place.set(node, (position + 0.5) / row.length);
  };
  rows.forEach(note);
  for (let sweep = 0; sweep < ORDER_SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step++) {
      const index = down ? step : rows.length - 1 - step;
      const row = rows[index];
      if (row === undefined) continue;
      const wanted = new Map(row.map((node) => [node, middleOf(node, index, down) ?? place.get(node) ?? 0]));
      row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || (place.get(a) ?? 0) - (place.get(b) ?? 0));
      note(row);
    }
  }
  return rows;

  /** The middle of the neighbours on the side that the sweep comes from. */
  function middleOf(node: number, row: number, down: boolean): number | undefined {
    let sum = 0;
    let count = 0;
    for (const next of neighbours[node] ?? []) {
      const other = rowOf.get(next) ?? row;
      if (down ? other >= row : other <= row) continue;
      sum += place.get(next) ?? 0;
      count++;
    }
    return count === 0 ? undefined : sum / count;
  }
}

/** Moves nodes along their rows towards the middle of their neighbours, without changing the order or standing too close. */
function placeAlong(
  { neighbours }: Net,
  rows: readonly (readonly number[])[],
  folds: readonly number[],
  spacing: number,
): ReadonlyMap<number, number> {
  const along = new Map<number, number>();
  const gaps = rows.map((_, index) => spacing / (folds[index] ?? 1));
  for (const [index, row] of rows.entries())
    for (const [position, node] of row.entries())
      along.set(node, (position - (row.length - 1) / 2) * (gaps[index] ?? spacing));
  const rowOf = new Map(rows.flatMap((row, index) => row.map((node) => [node, index] as const)));
  for (let sweep = 0; sweep < PLACE_SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (let step = 0; step < rows.length; step++) {
      const index = down ? step : rows.length - 1 - step;
      const row = rows[index] ?? [];
      const wanted = row.map((node) => {
        // The last sweep goes up, so that each node stands over the middle of what hangs on it.
        let sum = 0;
        let count = 0;
        for (const next of neighbours[node] ?? []) {
          const other = rowOf.get(next) ?? index;
          if (down ? other >= index : other <= index) continue;
          sum += along.get(next) ?? 0;
          count++;
        }
        return count === 0 ? (along.get(node) ?? 0) : sum / count;
      });
      for (const [position, x] of spread(wanted, gaps[index] ?? spacing).entries()) {
        const node = row[position];
        if (node !== undefined) along.set(node, x);
      }
    }
  }
  return along;
}

/**
 * The places nearest to those that are wanted (least squares) that are in order and at least a gap apart: neighbours that want to
 * be closer form a block around the mean of what they want.
 */
export function spread(wanted: readonly number[], gap: number): readonly number[] {
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, x] of wanted.entries()) {
    let block = { sum: x - index * gap, count: 1 };
    for (let last = blocks.at(-1); last !== undefined && mean(last) > mean(block); last = blocks.at(-1)) {
      blocks.pop();
      block = { sum: last.sum + block.sum, count: last.count + block.count };
    }
    blocks.push(block);
  }
  const starts = blocks.flatMap((block) => Array.from({ length: block.count }, () => mean(block)));
  return starts.map((start, index) => start + index * gap);
}

function mean({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
