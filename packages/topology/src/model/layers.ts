import { nodeShape, type KeySpec, type TableShape } from "../keys/index.js";
import type { Entry, EntryValue, TomlTable } from "../syntax/tree.js";
import { tableOf } from "./access.js";
import type { EffectiveEntry, Layer } from "./manifest.js";
import { hasKind } from "./values.js";

/** The strongest value of a node's key that is of the right kind, and where it comes from. */
export function effectiveEntry(layers: readonly Layer[], key: string): EffectiveEntry | undefined {
  const spec = nodeShape.keys.get(key);
  if (spec === undefined) return undefined;
  for (const { table, origin } of layers) {
    const entry = usableEntry(table, spec);
    if (entry !== undefined) return { entry, origin };
  }
  return undefined;
}

/** The strongest value of a key that is of the right kind, among tables that speak of one thing, the strongest first. */
export function strongestEntry(tables: readonly TomlTable[], shape: TableShape, key: string): Entry | undefined {
  const spec = shape.keys.get(key);
  if (spec === undefined) return undefined;
  for (const table of tables) {
    const entry = usableEntry(table, spec);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

/** The tables of rows that speak of one thing. */
export function tablesOf(rows: readonly { readonly table: TomlTable }[]): readonly TomlTable[] {
  return rows.map(({ table }) => table);
}

/** Tables merge key by key: the tables that a node's key has in its layers, the strongest first. */
export function effectiveTables(layers: readonly Layer[], key: string): readonly Layer[] {
  return layers.flatMap(({ origin, table }) => {
    const inner = tableOf(table.entries.get(key)?.value);
    return inner === undefined ? [] : [{ origin, table: inner }];
  });
}

function usableEntry(table: TomlTable, spec: KeySpec): Entry | undefined {
  const entry = table.entries.get(spec.name);
  return entry !== undefined && isUsable(entry.value, spec) ? entry : undefined;
}

function isUsable(value: EntryValue, spec: KeySpec): boolean {
  return value.kind !== "missing" && hasKind(value, spec.type);
}
