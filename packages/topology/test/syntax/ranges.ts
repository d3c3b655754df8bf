import type { DottedKey, KeyValue, Range, TomlDocument, TomlTable, Value } from "@labscape/topology";

/** Every range of a document with what it belongs to, in a fixed order. */
export function rangesOf(document: TomlDocument): [what: string, range: Range][] {
  const ranges: [string, Range][] = [];
  const add = (what: string, range: Range) => ranges.push([what, { start: range.start, end: range.end }]);

  function addKey(key: DottedKey): void {
    add("key", key.range);
    for (const part of key.parts) add(`part ${part.text}`, part.range);
  }

  function addPair({ range, key, equals, value }: KeyValue): void {
    add("pair", range);
    if (equals !== undefined) add("equals sign", equals);
    addKey(key);
    addValue(value);
  }

  function addValue(value: Value): void {
    add(value.kind, value.range);
    if (value.kind === "string") add("contents", value.contents);
    if (value.kind === "array") value.items.forEach(addValue);
    if (value.kind !== "inline-table") return;
    value.pairs.forEach(addPair);
    addTable(value.table);
  }

  function addTable(table: TomlTable): void {
    add(`name of ${table.form} table`, table.nameRange);
    for (const range of table.ranges) add("table", range);
    for (const { key, value, pair } of table.entries.values()) {
      add(`entry ${key.text}`, key.range);
      if (pair !== undefined) add("entry's pair", pair.range);
      if (value.kind === "table") addTable(value);
      if (value.kind === "table-array") value.items.forEach(addTable);
    }
  }

  for (const comment of document.comments) add("comment", comment);
  for (const { code, range, related } of document.errors) {
    add(code, range);
    if (related !== undefined) add("related", related);
  }
  for (const statement of document.statements) {
    if (statement.kind === "key-value") addPair(statement);
    else {
      add("header", statement.range);
      addKey(statement.key);
    }
  }
  addTable(document.root);
  return ranges;
}
