/**
 * The table of the benchmarks.
 *
 * @typedef {object} Row One line, as `bench/result.ts` describes it.
 * @property {string} what
 * @property {string} unit
 * @property {number} figure
 * @property {number} [budget]
 * @property {number} [timesPeer]
 * @property {readonly { readonly name: string, readonly figure: number }[]} [peers]
 */

/**
 * How many times the first peer's amount a figure is.
 *
 * @param {Row} row
 * @returns {number | undefined}
 */
export function ratioOf({ figure, peers }) {
  return peers?.[0] === undefined ? undefined : figure / peers[0].figure;
}

/**
 * Whether a line is so far off that the run fails. A slow machine makes every amount large, but leaves ratios as they are: only
 * a ratio over twice its budget counts.
 *
 * @param {Row} row
 */
export function isFarOff(row) {
  const ratio = ratioOf(row);
  return row.timesPeer !== undefined && ratio !== undefined && ratio > 2 * row.timesPeer;
}

/**
 * Whether a line keeps to all its budgets.
 *
 * @param {Row} row
 */
export function isWithinBudget(row) {
  const ratio = ratioOf(row);
  const amount = row.budget === undefined || row.figure <= row.budget;
  return amount && (row.timesPeer === undefined || ratio === undefined || ratio <= row.timesPeer);
}

/**
 * The cells of a line: what, figure, budget, peers, ratio, verdict.
 *
 * @param {Row} row
 * @returns {readonly string[]}
 */
export function cellsOf(row) {
  const { what, unit, figure, budget, timesPeer, peers = [] } = row;
  const budgets = [
    ...(budget === undefined ? [] : [`${budget} ${unit}`]),
    ...(timesPeer === undefined ? [] : [`${timesPeer} x ${peers[0]?.name ?? "the peer"}`]),
  ];
  const ratio = ratioOf(row);
  return [
    what,
    amount(figure, unit),
    budgets.join(", "),
    peers.map((peer) => `${peer.name} ${amount(peer.figure, unit)}`).join(", "),
    ratio === undefined ? "" : digits(ratio),
    budgets.length === 0 ? "" : isFarOff(row) ? "far off" : isWithinBudget(row) ? "kept" : "over",
  ];
}

export const heads = ["what", "figure", "budget", "peers", "ratio", ""];

/**
 * The table for a terminal.
 *
 * @param {readonly Row[]} rows
 */
export function textTable(rows) {
  const lines = [heads, ...rows.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/**
 * The table in Markdown.
 *
 * @param {readonly Row[]} rows
 */
export function markdownTable(rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map((row) => line(cellsOf(row)))].join("\n");
}

/**
 * @param {number} value
 * @param {string} unit
 */
function amount(value, unit) {
  return `${digits(value)} ${unit}`;
}

/** @param {number} value */
function digits(value) {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(value >= 0.1 ? 2 : 3);
}
