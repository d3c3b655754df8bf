import { GrowingEntries, type Entries } from "./entries.js";
import {
  isPlain,
  Placed,
  Section,
  type KeyPartNode,
  type PairNode,
  type Span,
  type StatementNode,
  type TableHeaderNode,
  type ValueNode,
} from "./nodes.js";
import type { HeaderPiece } from "./pieces.js";
import type { Scanner } from "./scanner.js";
import type { Entry, KeyPart, Range, TableArray, TomlTable } from "./tree.js";

/** A table that headers or dotted keys make. */
export class Table implements TomlTable {
  readonly kind = "table";
  readonly entries: GrowingEntries<TableEntry>;
  form: TomlTable["form"];
  /** What names the table. */
  name: Span;
  /** Sections and pairs. Most tables have one. */
  #place: Span | undefined;
  #morePlaces: Span[] | undefined;
  /** The piece of the text that makes it; absent where several may. */
  readonly owner: HeaderPiece | undefined;

  constructor(form: TomlTable["form"], name: Span, owner?: HeaderPiece) {
    this.entries = new GrowingEntries<TableEntry>();
    this.form = form;
    this.name = name;
    this.owner = owner;
  }

  addPlace(place: Span): void {
    if (this.#place === undefined) this.#place = place;
    else if (this.#morePlaces === undefined) this.#morePlaces = [place];
    else this.#morePlaces.push(place);
  }

  get nameRange(): Range {
    return { start: this.name.start, end: this.name.end };
  }

  get ranges(): readonly Range[] {
    const places = this.#place === undefined ? [] : [this.#place, ...(this.#morePlaces ?? [])];
    return places.map(({ start, end }) => ({ start, end }));
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
  const entries = new GrowingEntries<TableEntry>();
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
  readonly #scanner: Scanner;
  readonly #root: Table;
  /** Pieces in whose tables others have a say. */
  readonly #touched = new Set<HeaderPiece>();
  #table: Table;
  /** What the table covers in the place where it is being written. */
  #section: Section;

  /** @param top the statements above the first header. */
  constructor(scanner: Scanner, top: readonly StatementNode[]) {
    const { top: anchor } = scanner;
    this.#scanner = scanner;
    this.#root = new Table("root", new Placed(anchor, 0, 0));
    this.root = this.#root;
    this.#table = this.#root;
    this.#section = new Section(anchor, 0, scanner.position);
    this.#root.addPlace(this.#section);
    for (const statement of top) if (statement.kind === "key-value") this.#addPair(statement);
  }

  /**
   * Adds what stands below headers. A piece without a table gets one here, unless something else has a say in what it means.
   * @returns false when a table that a piece has already, from an earlier text, cannot be had as it is: nothing is built then.
   */
  addPieces(pieces: readonly HeaderPiece[]): boolean {
    const known = new Set<HeaderPiece>();
    for (const piece of pieces) {
      if (piece.table === undefined) this.#addStatements(piece);
      else {
        known.add(piece);
        if (!this.#addKnown(piece, piece.table)) return false;
      }
    }
    for (const piece of this.#touched) {
      if (known.has(piece)) return false;
      piece.table = undefined;
    }
    return true;
  }

  #addStatements(piece: HeaderPiece): void {
    const [first] = piece.statements;
    for (const statement of piece.statements) {
      if (statement.kind === "table-header") this.#addHeader(statement, piece, statement === first);
      else this.#addPair(statement);
    }
    piece.table?.entries.trim();
    this.#table.entries.trim();
  }

  #addHeader(header: TableHeaderNode, piece: HeaderPiece, isFirst: boolean): void {
    this.#table = this.#openTable(header, piece);
    this.#section = new Section(piece.anchor, header.start, header.end);
    this.#table.addPlace(this.#section);
    if (isFirst && this.#table.owner === piece) piece.table = this.#table;
  }

  #addPair(pair: PairNode): void {
    this.#section.reach(pair.end);
    addPair(this.#scanner, this.#table.entries, pair);
  }

  /** Puts the table of an earlier text in its place; says whether that place is free. */
  #addKnown(piece: HeaderPiece, known: Table): boolean {
    const [header] = piece.statements;
    if (header?.kind !== "table-header") return false;
    const last = lastPart(header.key.parts);
    const table = this.#descendTo(header, last, piece);
    if (!(table instanceof Table)) return false;
    const existing = table.entries.get(last.text)?.value;
    if (existing === undefined || existing.kind === "missing")
      table.entries.put({ key: last, value: header.array ? { kind: "table-array", items: [known] } : known });
    else if (existing.kind === "table-array" && header.array) existing.items.push(known);
    else return false;
    return true;
  }

  /** The table that a header opens. One that stands apart from the document where the header may not open any. */
  #openTable(header: TableHeaderNode, piece: HeaderPiece): Table {
    const last = lastPart(header.key.parts);
    const table = this.#descendTo(header, last, piece);
    if (!(table instanceof Table)) {
      if (table !== undefined)
        reportDuplicate(this.#scanner, table.part, table.value, "is a value already, it cannot hold tables");
      return new Table("header", last);
    }
    if (isNameless(last)) return new Table("header", last);
    const existing = table.entries.get(last.text);
    if (existing === undefined || existing.value.kind === "missing") {
      const opened = new Table(header.array ? "array-item" : "header", last, piece);
      table.entries.put({ key: last, value: header.array ? { kind: "table-array", items: [opened] } : opened });
      return opened;
    }
    if (existing.value.kind === "table") this.#touch(existing.value, piece);
    return reopenTable(this.#scanner, table, header, last, existing, piece);
  }

  /** The table in which the last part of a header's key stands, or what is in the way to it: nothing where a name lacks. */
  #descendTo(header: TableHeaderNode, last: KeyPartNode, piece: HeaderPiece): Table | Obstacle | undefined {
    let table = this.#root;
    for (const part of header.key.parts) {
      if (part === last) break;
      const next = isNameless(part) ? undefined : descend(table, part);
      if (next === undefined) {
        const value = table.entries.get(part.text);
        return value === undefined ? undefined : { part, value };
      }
      this.#touch(next, piece);
      table = next;
    }
    return table;
  }

  /** Notes that a piece has a say in a table. */
  #touch({ owner }: Table, piece: HeaderPiece): void {
    if (owner !== undefined && owner !== piece) this.#touched.add(owner);
  }
}

/** A value where a table would have to be. */
interface Obstacle {
  readonly part: KeyPartNode;
  readonly value: TableEntry;
}

function reopenTable(
  scanner: Scanner,
  table: Table,
  header: TableHeaderNode,
  last: KeyPartNode,
  existing: TableEntry,
  piece: HeaderPiece,
): Table {
  const { value } = existing;
  if (value.kind === "table-array") {
    if (!header.array) reportDuplicate(scanner, last, existing, "is an array of tables: write [[ ]] for one more");
    const item = new Table("array-item", last, piece);
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
    const item = new Table("array-item", last, piece);
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
    const next = new Table("implicit", part, table.owner);
    table.entries.put({ key: part, value: next });
    return next;
  }
  if (existing.kind === "table") return existing;
  return existing.kind === "table-array" ? existing.items.at(-1) : undefined;
}

function addPair(scanner: Scanner, entries: GrowingEntries<TableEntry>, pair: PairNode): void {
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
  start: GrowingEntries<TableEntry>,
  pair: PairNode,
  last: KeyPartNode,
): GrowingEntries<TableEntry> | undefined {
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
    table.addPlace(pair);
    entries = table.entries;
  }
  return entries;
}

function addEntry(scanner: Scanner, entries: GrowingEntries<TableEntry>, entry: TableEntry): void {
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
