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
function orderRows(net: Net, layers: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const rows = layers.map((layer) => [...layer]);
  const rowOf = rowsByNode(rows);
  const place = new Map<number, number>();
  const note = (row: readonly number[]) => {
    // Rows of different length are compared by where in the row a node stands.
    for (const [position, node] of row.entries()) place.set(node, (position + 0.5) / row.length);
  };
  rows.forEach(note);
  for (const { index, down } of sweeps(rows.length, ORDER_SWEEPS)) {
    const row = rows[index] ?? [];
    const wanted = new Map(row.map((node) => [node, wantedPlace(net, node, rowOf, place, down)]));
    row.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || (place.get(a) ?? 0) - (place.get(b) ?? 0));
    note(row);
  }
  return rows;
}

/** Moves nodes along their rows towards the middle of their neighbours, without changing the order or standing too close. */
function placeAlong(
  net: Net,
  rows: readonly (readonly number[])[],
  folds: readonly number[],
  spacing: number,
): ReadonlyMap<number, number> {
  const along = new Map<number, number>();
  const gaps = rows.map((_, index) => spacing / (folds[index] ?? 1));
  for (const [index, row] of rows.entries())
    for (const [position, node] of row.entries())
      along.set(node, (position - (row.length - 1) / 2) * (gaps[index] ?? spacing));
  const rowOf = rowsByNode(rows);
  // The last sweep goes up, so that each node stands over the middle of what hangs on it.
  for (const { index, down } of sweeps(rows.length, PLACE_SWEEPS)) {
    const row = rows[index] ?? [];
    const wanted = row.map((node) => wantedPlace(net, node, rowOf, along, down));
    for (const [position, x] of spread(wanted, gaps[index] ?? spacing).entries()) {
      const node = row[position];
      if (node !== undefined) along.set(node, x);
    }
  }
  return along;
}

function rowsByNode(rows: readonly (readonly number[])[]): ReadonlyMap<number, number> {
  return new Map(rows.flatMap((row, index) => row.map((node) => [node, index] as const)));
}

/** The rows by their positions, down through all of them, up again, and so on. */
function* sweeps(rows: number, count: number): Generator<{ readonly index: number; readonly down: boolean }> {
  for (let sweep = 0; sweep < count; sweep++) {
    const down = sweep % 2 === 0;
    for (let step = 0; step < rows; step++) yield { index: down ? step : rows - 1 - step, down };
  }
}

/** The middle of a node's neighbours on the side that the sweep comes from; where it stands when it has none there. */
function wantedPlace(
  { neighbours }: Net,
  node: number,
  rowOf: ReadonlyMap<number, number>,
  place: ReadonlyMap<number, number>,
  down: boolean,
): number {
  const row = rowOf.get(node) ?? 0;
  let sum = 0;
  let count = 0;
  for (const next of neighbours[node] ?? []) {
    const other = rowOf.get(next) ?? row;
    if (down ? other >= row : other <= row) continue;
    sum += place.get(next) ?? 0;
    count++;
  }
  return count === 0 ? (place.get(node) ?? 0) : sum / count;
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
