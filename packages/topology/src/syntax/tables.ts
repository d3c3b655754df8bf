import { Entries } from "./entries.js";
import { isPlain, type KeyPartNode, type PairNode, type Span, type TableHeaderNode, type ValueNode } from "./nodes.js";
import type { Scanner } from "./scanner.js";
import type { Entry, KeyPart, Range, TableArray, TomlTable } from "./tree.js";

/** A table that headers or dotted keys make. */
class Table implements TomlTable {
  readonly kind = "table";
  readonly entries: Entries<TableEntry>;
  form: TomlTable["form"];
  /** What names the table. */
  name: Span;
  /** Sections and pairs. */
  readonly places: Span[] = [];

  constructor(form: TomlTable["form"], name: Span) {
    this.entries = new Entries<TableEntry>();
    this.form = form;
    this.name = name;
  }

  get nameRange(): Range {
    return { start: this.name.start, end: this.name.end };
  }

  get ranges(): readonly Range[] {
    return this.places.map(({ start, end }) => ({ start, end }));
  }
}

interface Rows extends TableArray {
  readonly items: Table[];
}

interface TableEntry extends Entry {
  readonly value: ValueNode | Table | Rows;
}

/** What the pairs of an inline table mean; undefined where each pair is an entry as it stands. */
export function resolvePairs(scanner: Scanner, pairs: readonly PairNode[]): Entries | undefined {
  if (areEntries(pairs)) return undefined;
  const entries = new Entries<TableEntry>();
  for (const pair of pairs) addPair(scanner, entries, pair);
  return entries;
}

/** Whether each pair is an entry of its own: no dots, no key twice. Says no to many pairs, for which this would take long. */
function areEntries(pairs: readonly PairNode[]): boolean {
  if (pairs.length > 16) return false;
  for (let index = 0; index < pairs.length; index++) {
    const pair = pairs[index];
    if (pair === undefined || !isPlain(pair) || isNameless(pair.key)) return false;
    for (let before = 0; before < index; before++) {
      if (pairs[before]?.key.parts[0]?.text === pair.key.text) return false;
    }
  }
  return true;
}

/** Whether nothing is written where a key should stand. An empty key in quotes is one. */
function isNameless(part: KeyPart): boolean {
  return part.start === part.end;
}

/**
 * Builds the tree of tables from the statements, added in their order. What a statement may not define is reported and left
 * out; the first definition stays.
 */
export class DocumentBuilder {
  readonly root: TomlTable;
  /** What the tables cover that is no node. */
  readonly spans: Span[];
  readonly #scanner: Scanner;
  readonly #root: Table;
  #table: Table;
  /** Grows with each pair. */
  #section: Span;

  constructor(scanner: Scanner) {
    this.#scanner = scanner;
    this.#root = new Table("root", { start: 0, end: 0 });
    this.#section = { start: 0, end: scanner.position };
    this.#root.places.push(this.#section);
    this.#table = this.#root;
    this.root = this.#root;
    this.spans = [this.#root.name, this.#section];
  }

  addHeader(header: TableHeaderNode): void {
    this.#section = { start: header.start, end: header.end };
    this.spans.push(this.#section);
    this.#table = openTable(this.#scanner, this.#root, header);
    this.#table.places.push(this.#section);
  }

  addPair(pair: PairNode): void {
    this.#section.end = pair.end;
    addPair(this.#scanner, this.#table.entries, pair);
  }
}

/** The table that a header opens. One that stands apart from the document where the header may not open any. */
function openTable(scanner: Scanner, root: Table, header: TableHeaderNode): Table {
  const last = lastPart(header.key.parts);
  let table = root;
  for (const part of header.key.parts) {
    if (part === last) break;
    const next = isNameless(part) ? undefined : descend(table, part);
    if (next === undefined) {
      const value = table.entries.get(part.text);
      if (value !== undefined) reportDuplicate(scanner, part, value, "is a value already, it cannot hold tables");
      return new Table("header", last);
    }
    table = next;
  }
  if (isNameless(last)) return new Table("header", last);
  const existing = table.entries.get(last.text);
  if (existing === undefined || existing.value.kind === "missing") {
    const opened = new Table(header.array ? "array-item" : "header", last);
    table.entries.put({ key: last, value: header.array ? { kind: "table-array", items: [opened] } : opened });
    return opened;
  }
  return reopenTable(scanner, table, header, last, existing);
}

function reopenTable(
  scanner: Scanner,
  table: Table,
  header: TableHeaderNode,
  last: KeyPartNode,
  existing: TableEntry,
): Table {
  const { value } = existing;
  if (value.kind === "table-array") {
    if (!header.array) reportDuplicate(scanner, last, existing, "is an array of tables: write [[ ]] for one more");
    const item = new Table("array-item", last);
    value.items.push(item);
    return item;
  }
  if (value.kind !== "table") {
    const why = value.kind === "array" ? "is an array already, headers cannot add to it" : "is a value already";
    reportDuplicate(scanner, last, existing, why);
    return new Table("header", last);
  }
  if (header.array) {
    // Most likely the first one lacks its second brackets; so that nothing is lost, it becomes the first of the array.
    reportDuplicate(scanner, last, existing, "is a single table: write [[ ]] there too for an array of tables");
    const item = new Table("array-item", last);
    table.entries.put({ ...existing, value: { kind: "table-array", items: [value, item] } });
    return item;
  }
  if (value.form === "implicit") {
    value.form = "header";
    value.name = last;
  } else {
    reportDuplicate(scanner, last, existing, "is defined already");
  }
  return value;
}

/** The table under a part of a header that is not its last; made where there is none. Undefined where a value is in the way. */
function descend(table: Table, part: KeyPartNode): Table | undefined {
  const existing = table.entries.get(part.text)?.value;
  if (existing === undefined || existing.kind === "missing") {
    const next = new Table("implicit", part);
    table.entries.put({ key: part, value: next });
    return next;
  }
  if (existing.kind === "table") return existing;
  return existing.kind === "table-array" ? existing.items.at(-1) : undefined;
}

function addPair(scanner: Scanner, entries: Entries<TableEntry>, pair: PairNode): void {
  if (isPlain(pair)) {
    if (!isNameless(pair.key)) addEntry(scanner, entries, pair);
    return;
  }
  const last = lastPart(pair.key.parts);
  // A dotted key without a value yet would make tables that a header further down may be about to define.
  if (isNameless(last) || pair.value.kind === "missing") return;
  const inner = openDotted(scanner, entries, pair, last);
  if (inner !== undefined) addEntry(scanner, inner, { key: last, value: pair.value, pair });
}

/** The entries of the table that a dotted key leads to; undefined where something else is in the way. */
function openDotted(
  scanner: Scanner,
  start: Entries<TableEntry>,
  pair: PairNode,
  last: KeyPartNode,
): Entries<TableEntry> | undefined {
  let entries = start;
  for (const part of pair.key.parts) {
    if (part === last) break;
    const existing = entries.get(part.text);
    let table: Table;
    if (existing === undefined || existing.value.kind === "missing") {
      table = new Table("dotted", part);
      entries.put({ key: part, value: table });
    } else if (existing.value.kind === "table" && existing.value.form === "dotted") {
      table = existing.value;
    } else {
      const why = existing.value.kind === "table" ? "is closed: a header defines it" : "is defined already";
      reportDuplicate(scanner, part, existing, why);
      return undefined;
    }
    table.places.push(pair);
    entries = table.entries;
  }
  return entries;
}

function addEntry(scanner: Scanner, entries: Entries<TableEntry>, entry: TableEntry): void {
  const existing = entries.get(entry.key.text);
  if (existing === undefined || existing.value.kind === "missing") entries.put(entry);
  else if (entry.value.kind !== "missing") reportDuplicate(scanner, entry.key, existing, "is defined already");
}

function lastPart(parts: readonly KeyPartNode[]): KeyPartNode {
  const last = parts[parts.length - 1];
  if (last === undefined) throw new RangeError("A key has at least one part");
  return last;
}

function reportDuplicate(scanner: Scanner, part: KeyPart, existing: TableEntry, why: string): void {
  const related = existing.value.kind === "table" ? existing.value.nameRange : existing.key.range;
  scanner.report("toml-duplicate-key", part.start, part.end, `"${part.text}" ${why}`, related);
}
