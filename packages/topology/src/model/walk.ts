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

/** Walks over all that the key table describes in the files of a lab. */
export function walkManifest({ sources }: Pick<Manifest, "sources">, visitor: Visitor): void {
  for (const { syntax } of sources) walkFile(syntax.root, visitor);
}

/** Walks over all that the key table describes in one file. */
export function walkFile(root: TomlTable, visitor: Visitor): void {
  walkTable(root, rootShape, visitor);
}

function walkTable(table: TomlTable, shape: TableShape, visitor: Visitor): void {
  visitor.table?.(table, shape);
  for (const entry of table.entries.values()) {
    const spec = shape.keys.get(entry.key.text);
    if (spec === undefined) visitor.unknown?.(entry, table, shape);
    else if (visitor.entry?.(entry, spec, table, shape) !== false) walkValue(entry.value, spec.type, entry, visitor);
  }
}

function walkValue(value: EntryValue, type: ValueType, entry: Entry, visitor: Visitor): void {
  if (value.kind === "missing") return;
  if (type.kind === "either") {
    const fitting = type.types.find((each) => hasKind(value, each));
    if (fitting === undefined) visitor.value?.(value, type, entry);
    else walkValue(value, fitting, entry, visitor);
    return;
  }
  visitor.value?.(value, type, entry);
  if (!hasKind(value, type)) return;
  const table = tableOf(value);
  if (type.kind === "table" && table !== undefined) walkTable(table, type.shape, visitor);
  if (type.kind === "map" && table !== undefined)
    for (const inner of table.entries.values()) walkValue(inner.value, type.values, inner, visitor);
  if (type.kind === "array") for (const item of itemsOf(value)) walkValue(item, type.items, entry, visitor);
}

function itemsOf(value: EntryValue): readonly EntryValue[] {
  return value.kind === "array" || value.kind === "table-array" ? value.items : [];
}
