import type { ArrayValue, Entry, KeyValue, Range, TomlDocument, TomlTable, Value } from "../syntax/index.js";
import type { Changes } from "./changes.js";
import { pairAt } from "./owner.js";
import { emptyLinesAbove, emptyLinesBelow, lastLineOf, sectionsOf } from "./sections.js";

/**
 * Takes keys away with all that they hold, wherever headers and dotted keys spell it. Sections go with the comments in them;
 * those above them stay, as they may speak of what follows.
 */
export function removeEntries(document: TomlDocument, changes: Changes, entries: readonly Entry[]): void {
  const tables: TomlTable[] = [];
  for (const { pair, value } of entries) {
    if (value.kind === "table") tables.push(value);
    else if (value.kind === "table-array") tables.push(...value.items);
    else if (pair !== undefined) removePair(document, changes, pair);
  }
  removeTables(document, changes, tables);
}

/** Takes tables away that are written under headers or by dotted keys. */
export function removeTables(document: TomlDocument, changes: Changes, tables: readonly TomlTable[]): void {
  const starts = new Set<number>();
  for (const table of tables) collectStarts(table, starts);
  if (starts.size === 0) return;
  const headers = new Set<number>();
  for (const { kind, start } of document.statements)
    if (kind === "table-header" && starts.has(start)) {
      headers.add(start);
      starts.delete(start);
    }
  removeSections(document, changes, headers);
  const inGone = sectionRanges(document, headers);
  for (const start of starts) {
    const placed = pairAt(document, start);
    if (placed === undefined || inGone.some((range) => range.start <= start && start < range.end)) continue;
    changes.remove(placed.pair, placed.owner);
  }
}

function removePair(document: TomlDocument, changes: Changes, pair: KeyValue): void {
  changes.remove(pair, pairAt(document, pair.start)?.owner);
}

/** Where the parts of a table start: headers, and dotted keys. */
function collectStarts({ entries, ranges }: TomlTable, starts: Set<number>): void {
  for (const { start } of ranges) starts.add(start);
  for (const { value } of entries.values()) {
    if (value.kind === "table") collectStarts(value, starts);
    else if (value.kind === "table-array") for (const item of value.items) collectStarts(item, starts);
  }
}

function sectionRanges(document: TomlDocument, headers: ReadonlySet<number>): readonly Range[] {
  return sectionsOf(document).flatMap(({ header, end }) =>
    header !== undefined && headers.has(header.start) ? [{ start: header.start, end }] : [],
  );
}

/** Sections that follow one another go as one, with the empty lines that set them off. */
function removeSections(document: TomlDocument, changes: Changes, headers: ReadonlySet<number>): void {
  let open: { start: number; end: number } | undefined;
  const close = () => {
    if (open !== undefined) cutLines(document, changes, open);
    open = undefined;
  };
  for (const { header, end } of sectionsOf(document)) {
    if (header === undefined || !headers.has(header.start)) close();
    else if (open !== undefined && isBlank(document, open.end, header.start)) open.end = lastLineOf(document, end);
    else {
      close();
      open = { start: header.start, end: lastLineOf(document, end) };
    }
  }
  close();
}

/** Whether nothing stands between the line of an offset and that of another one. */
function isBlank({ text, base }: TomlDocument, from: number, to: number): boolean {
  const feed = text.indexOf("\n", from - base);
  return feed >= 0 && text.slice(feed, to - base).trim() === "";
}

/** Whole lines, and the empty lines above them where others are below, so that what is left is set off as before. */
function cutLines(document: TomlDocument, changes: Changes, { start, end }: Range): void {
  const { text, base } = document;
  const from = start === base ? 0 : text.lastIndexOf("\n", start - base - 1) + 1;
  const feed = text.indexOf("\n", end - base);
  const to = feed < 0 ? text.length : feed + 1;
  const above = emptyLinesAbove(text, from);
  const below = emptyLinesBelow(text, to);
  if (from === 0) changes.cut({ start: base, end: below + base });
  else if (below > to || below === text.length) changes.cut({ start: above + base, end: to + base });
  else changes.cut({ start: from + base, end: to + base });
}

/** Takes items of an array away: with their lines, comments behind them included, where each has lines of its own. */
export function removeItems(
  { text, base }: TomlDocument,
  changes: Changes,
  array: ArrayValue,
  items: readonly Value[],
): void {
  const ranges = items.map((item) => ownLines(item));
  for (const [index, item] of items.entries()) {
    const own = ranges[index];
    if (ranges.every((range) => range !== undefined) && own !== undefined) changes.cut(own);
    else changes.remove(item, { range: array.range, pairs: array.items });
  }

  function ownLines({ start, end }: Value): Range | undefined {
    const lineStart = start === base ? 0 : text.lastIndexOf("\n", start - base - 1) + 1;
    const feed = text.indexOf("\n", end - base);
    if (feed < 0 || feed + base >= array.end || text.slice(lineStart, start - base).trim() !== "") return undefined;
    if (!/^[ \t]*,?[ \t]*(?:#.*)?\r?$/.test(text.slice(end - base, feed))) return undefined;
    return { start: lineStart + base, end: feed + 1 + base };
  }
}
