import type { Scanner } from "./scanner.js";
import type { DottedKey, Entry, KeyPart, KeyValue, Range, TableArray, TableHeader, TomlTable, Value } from "./tree.js";

/** A table while it is built. */
interface OpenTable extends TomlTable {
  readonly entries: Map<string, OpenEntry>;
  readonly ranges: Range[];
  nameRange: Range;
  form: TomlTable["form"];
}

interface OpenArray extends TableArray {
  readonly items: OpenTable[];
}

interface OpenEntry extends Entry {
  readonly value: Value | OpenTable | OpenArray;
}

function createTable(form: TomlTable["form"], nameRange: Range): OpenTable {
  return { kind: "table", entries: new Map(), ranges: [], nameRange, form };
}

/** Resolves the pairs of an inline table that covers `range`. */
export function buildInlineTable(scanner: Scanner, range: Range, pairs: readonly KeyValue[]): TomlTable {
  const table = createTable("inline", { start: range.start, end: range.start + 1 });
  table.ranges.push(range);
  for (const pair of pairs) addPair(scanner, table, pair);
  return table;
}

/**
 * Builds the tree of tables from the statements, added in their order. What a statement may not define is reported and left
 * out; the first definition stays.
 */
export class DocumentBuilder {
  readonly root: TomlTable;
  readonly #scanner: Scanner;
  readonly #root: OpenTable;
  #table: OpenTable;
  /** Grows with each pair. */
  #section: { readonly start: number; end: number };

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
    this.#section = { start: 0, end: scanner.position };
    this.#root = createTable("root", { start: 0, end: 0 });
    this.#root.ranges.push(this.#section);
    this.#table = this.#root;
    this.root = this.#root;
  }

  addHeader(header: TableHeader): void {
    this.#section = { start: header.range.start, end: header.range.end };
    this.#table = openTable(this.#scanner, this.#root, header);
    this.#table.ranges.push(this.#section);
  }

  addPair(pair: KeyValue): void {
    this.#section.end = pair.range.end;
    addPair(this.#scanner, this.#table, pair);
  }
}

/** The table that a header opens. One that stands apart from the document where the header may not open any. */
function openTable(scanner: Scanner, root: OpenTable, header: TableHeader): OpenTable {
  const last = lastPart(header.key);
  let table = root;
  for (const part of header.key.parts) {
    if (part === last) break;
    const next = part.text === "" && !part.quoted ? undefined : descend(table, part);
    if (next === undefined) {
      const value = table.entries.get(part.text);
      if (value !== undefined) reportDuplicate(scanner, part, value, "is a value already, it cannot hold tables");
      return createTable("header", last.range);
    }
    table = next;
  }
  if (last.text === "" && !last.quoted) return createTable("header", last.range);
  const existing = table.entries.get(last.text);
  if (existing === undefined || existing.value.kind === "missing") {
    const opened = createTable(header.array ? "array-item" : "header", last.range);
    const value: OpenTable | OpenArray = header.array ? { kind: "table-array", items: [opened] } : opened;
    table.entries.set(last.text, { key: last, value });
    return opened;
  }
  return reopenTable(scanner, table, header, last, existing);
}

function reopenTable(
  scanner: Scanner,
  table: OpenTable,
  header: TableHeader,
  last: KeyPart,
  existing: OpenEntry,
): OpenTable {
  const { value } = existing;
  if (value.kind === "table-array") {
    if (!header.array) reportDuplicate(scanner, last, existing, "is an array of tables: write [[ ]] for one more");
    const item = createTable("array-item", last.range);
    value.items.push(item);
    return item;
  }
  if (value.kind !== "table") {
    const why = value.kind === "array" ? "is an array already, headers cannot add to it" : "is a value already";
    reportDuplicate(scanner, last, existing, why);
    return createTable("header", last.range);
  }
  if (header.array) {
    // Most likely the first one lacks its second brackets; so that nothing is lost, it becomes the first of the array.
    reportDuplicate(scanner, last, existing, "is a single table: write [[ ]] there too for an array of tables");
    const item = createTable("array-item", last.range);
    table.entries.set(last.text, { key: existing.key, value: { kind: "table-array", items: [value, item] } });
    return item;
  }
  if (value.form === "implicit") {
    value.form = "header";
    value.nameRange = last.range;
  } else {
    reportDuplicate(scanner, last, existing, "is defined already");
  }
  return value;
}

/** The table under a part of a header that is not its last; made where there is none. Undefined where a value is in the way. */
function descend(table: OpenTable, part: KeyPart): OpenTable | undefined {
  const existing = table.entries.get(part.text)?.value;
  if (existing === undefined || existing.kind === "missing") {
    const next = createTable("implicit", part.range);
    table.entries.set(part.text, { key: part, value: next });
    return next;
  }
  if (existing.kind === "table") return existing;
  return existing.kind === "table-array" ? existing.items.at(-1) : undefined;
}

function addPair(scanner: Scanner, start: OpenTable, pair: KeyValue): void {
  const { parts } = pair.key;
  const last = lastPart(pair.key);
  if (last.text === "" && !last.quoted) return;
  // A dotted key without a value yet would make tables that a header further down may be about to define.
  if (parts.length > 1 && pair.value.kind === "missing") return;
  let table = start;
  for (const part of parts) {
    if (part === last) break;
    const existing = table.entries.get(part.text);
    if (existing === undefined || existing.value.kind === "missing") {
      const next = createTable("dotted", part.range);
      table.entries.set(part.text, { key: part, value: next });
      table = next;
    } else if (existing.value.kind === "table" && existing.value.form === "dotted") {
      table = existing.value;
    } else {
      const why = existing.value.kind === "table" ? "is closed: a header defines it" : "is defined already";
      reportDuplicate(scanner, part, existing, why);
      return;
    }
    table.ranges.push(pair.range);
  }
  const existing = table.entries.get(last.text);
  if (existing === undefined || existing.value.kind === "missing") {
    table.entries.set(last.text, { key: last, value: pair.value, pair });
  } else if (pair.value.kind !== "missing") {
    reportDuplicate(scanner, last, existing, "is defined already");
  }
}

function lastPart({ parts }: DottedKey): KeyPart {
  const last = parts[parts.length - 1];
  if (last === undefined) throw new RangeError("A key has at least one part");
  return last;
}

function reportDuplicate(scanner: Scanner, part: KeyPart, existing: OpenEntry, why: string): void {
  const { start, end } = part.range;
  const related = existing.value.kind === "table" ? existing.value.nameRange : existing.key.range;
  scanner.report("toml-duplicate-key", start, end, `"${part.text}" ${why}`, related);
}
