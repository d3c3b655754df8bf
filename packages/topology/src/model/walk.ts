import { rootShape, type KeySpec, type TableShape, type ValueType } from "../keys/index.js";
import { tableOf } from "./access.js";
import type { Manifest } from "./manifest.js";
import { hasKind } from "./values.js";
import type { Entry, EntryValue, TomlTable } from "../syntax/tree.js";

/** What a walk over the files of a lab meets, table by table, with what the key table says of it. */
export interface Visitor {
  /** Each table that has a shape. */
  table?(table: TomlTable, shape: TableShape): void;
  /** An entry that no key describes. */
  unknown?(entry: Entry, table: TomlTable, shape: TableShape): void;
  /** An entry that a key describes. Return false to leave out what is inside. */
  entry?(entry: Entry, spec: KeySpec, table: TomlTable, shape: TableShape): boolean;
  /** A value, of the right kind or not; items of arrays as well. */
  value?(value: EntryValue, type: ValueType, entry: Entry): void;
}

type Visitors = readonly Visitor[];

/** What is known from earlier walks of the tables just below the root: rows, groups, tables of settings. */
export interface KnownTables {
  /** Whether what is inside need not be shown again. */
  has(table: TomlTable, shape: TableShape): boolean;
  /** What is inside has been shown to all visitors. */
  shown(table: TomlTable, shape: TableShape): void;
}

/**
 * Walks over all that the key table describes in the files of a lab. A large lab has very many values, so that the visitors
 * share one walk: each sees what it would see alone.
 */
export function walkManifest({ sources }: Pick<Manifest, "sources">, visitors: Visitors, known?: KnownTables): void {
  for (const { syntax } of sources) walkTable(syntax.root, rootShape, visitors, known);
}

/** Walks over all that the key table describes in one file. */
export function walkFile(root: TomlTable, visitor: Visitor): void {
  walkTable(root, rootShape, [visitor]);
}

function walkTable(table: TomlTable, shape: TableShape, visitors: Visitors, known?: KnownTables): void {
  for (const visitor of visitors) visitor.table?.(table, shape);
  for (const entry of table.entries.values()) {
    const spec = shape.keys.get(entry.key.text);
    if (spec === undefined) {
      for (const visitor of visitors) visitor.unknown?.(entry, table, shape);
      continue;
    }
    const inside = entering(entry, spec, table, shape, visitors);
    if (inside.length > 0) walkValue(entry.value, spec.type, entry, inside, inside === visitors ? known : undefined);
  }
}

/** A table just below the root. */
function walkKnown(table: TomlTable, shape: TableShape, visitors: Visitors, known: KnownTables): void {
  if (known.has(table, shape)) for (const visitor of visitors) visitor.table?.(table, shape);
  else {
    walkTable(table, shape, visitors);
    known.shown(table, shape);
  }
}

/** Shows an entry to the visitors; gives those that want to see what is inside. */
function entering(entry: Entry, spec: KeySpec, table: TomlTable, shape: TableShape, visitors: Visitors): Visitors {
  let left: Set<Visitor> | undefined;
  for (const visitor of visitors)
    if (visitor.entry?.(entry, spec, table, shape) === false) (left ??= new Set()).add(visitor);
  return left === undefined ? visitors : visitors.filter((visitor) => !left.has(visitor));
}

function walkValue(value: EntryValue, type: ValueType, entry: Entry, visitors: Visitors, known?: KnownTables): void {
  if (value.kind === "missing") return;
  const meant = type.kind === "either" ? fitting(value, type.types) : type;
  if (meant?.kind === "either") {
    walkValue(value, meant, entry, visitors, known);
    return;
  }
  for (const visitor of visitors) visitor.value?.(value, meant ?? type, entry);
  if (meant === undefined || !hasKind(value, meant)) return;
  if (meant.kind === "array") for (const item of itemsOf(value)) walkValue(item, meant.items, entry, visitors, known);
  if (meant.kind !== "table" && meant.kind !== "map") return;
  const table = tableOf(value);
  if (table === undefined) return;
  if (meant.kind === "map")
    for (const inner of table.entries.values()) walkValue(inner.value, meant.values, inner, visitors, known);
  else if (known === undefined) walkTable(table, meant.shape, visitors);
  else walkKnown(table, meant.shape, visitors, known);
}

function fitting(value: EntryValue, types: readonly ValueType[]): ValueType | undefined {
  for (const type of types) if (hasKind(value, type)) return type;
  return undefined;
}

function itemsOf(value: EntryValue): readonly EntryValue[] {
  return value.kind === "array" || value.kind === "table-array" ? value.items : [];
}
