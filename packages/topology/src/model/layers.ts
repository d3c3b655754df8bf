import { nodeShape, type TableShape } from "../keys/index.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { tableOf } from "./access.js";
import type { EffectiveEntry, Layer } from "./manifest.js";
import { hasKind } from "./values.js";

/** The strongest value of a node's key that is of the right kind, and where it comes from. */
export function effectiveEntry(layers: readonly Layer[], key: string): EffectiveEntry | undefined {
  for (const { table, origin } of layers) {
    const entry = table.entries.get(key);
    if (entry !== undefined && isUsable(entry, nodeShape)) return { entry, origin };
  }
  return undefined;
}

/** A place where something is written. */
export interface Row {
  readonly table: TomlTable;
}

/** The strongest value of a key that is of the right kind, among rows that speak of one thing, the strongest first. */
export function strongestEntry(rows: readonly Row[], shape: TableShape, key: string): Entry | undefined {
  for (const { table } of rows) {
    const entry = table.entries.get(key);
    if (entry !== undefined && isUsable(entry, shape)) return entry;
  }
  return undefined;
}

/** Tables merge key by key: the tables that a node's key has in its layers, the strongest first. */
export function effectiveTables(layers: readonly Layer[], key: string): readonly Layer[] {
  const tables: Layer[] = [];
  for (const { origin, table } of layers) {
    const inner = tableOf(table.entries.get(key)?.value);
    if (inner !== undefined) tables.push({ origin, table: inner });
  }
  return tables;
}

function isUsable({ key, value }: Entry, shape: TableShape): boolean {
  const spec = shape.keys.get(key.text);
  return spec !== undefined && value.kind !== "missing" && hasKind(value, spec.type);
}
