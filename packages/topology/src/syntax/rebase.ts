import type { DottedKey, EntryValue, KeyValue, Range, TomlDocument, TomlTable, Value } from "./tree.js";

/** Moves every range of a fresh document, whose text starts at 0, so that the text starts at `base`. */
export function rebase(document: TomlDocument, base: number): TomlDocument {
  // Several nodes may share one range; it is moved once.
  const ranges = new Set<{ start: number; end: number }>(document.comments);
  for (const { range, related } of document.errors) {
    ranges.add(range);
    if (related !== undefined) ranges.add(related);
  }
  for (const statement of document.statements) {
    if (statement.kind === "key-value") collectPair(ranges, statement);
    else {
      ranges.add(statement.range);
      collectKey(ranges, statement.key);
    }
  }
  collectTable(ranges, document.root);
  for (const range of ranges) {
    range.start += base;
    range.end += base;
  }
  return { ...document, base };
}

function collectKey(ranges: Set<Range>, key: DottedKey): void {
  ranges.add(key.range);
  for (const part of key.parts) ranges.add(part.range);
}

function collectPair(ranges: Set<Range>, { range, key, equals, value }: KeyValue): void {
  ranges.add(range);
  if (equals !== undefined) ranges.add(equals);
  collectKey(ranges, key);
  collectValue(ranges, value);
}

function collectValue(ranges: Set<Range>, value: Value): void {
  ranges.add(value.range);
  if (value.kind === "string") ranges.add(value.contents);
  if (value.kind === "array") for (const item of value.items) collectValue(ranges, item);
  if (value.kind === "inline-table") {
    for (const pair of value.pairs) collectPair(ranges, pair);
    collectTable(ranges, value.table);
  }
}

/** The ranges of a table itself and of the tables in it; those of keys and values belong to the statements. */
function collectTable(ranges: Set<Range>, table: TomlTable): void {
  ranges.add(table.nameRange);
  for (const range of table.ranges) ranges.add(range);
  for (const { value } of table.entries.values()) collectTables(ranges, value);
}

function collectTables(ranges: Set<Range>, value: EntryValue): void {
  if (value.kind === "table") collectTable(ranges, value);
  if (value.kind === "table-array") for (const item of value.items) collectTable(ranges, item);
}
