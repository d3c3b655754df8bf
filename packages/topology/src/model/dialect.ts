import type { Dialect } from "../analysis.js";
import type { TableShape } from "../keys/index.js";
import type { TomlTable } from "../syntax/tree.js";

const rootEvidence: Readonly<Record<string, Dialect>> = {
  nodes: "current",
  links: "current",
  devices: "first",
  connections: "first",
};

/** The dialect of a file: by the first of the keys that only one dialect has, then by its `id`, else the current one. */
export function dialectOf(root: TomlTable): Dialect {
  for (const key of root.entries.keys()) {
    const dialect = rootEvidence[key];
    if (dialect !== undefined) return dialect;
  }
  return root.entries.has("id") && !root.entries.has("name") ? "first" : "current";
}

/** The dialect in which one table is written: by its first key that only one dialect has, else the file's. */
export function tableDialect(table: TomlTable, shape: TableShape, file: Dialect): Dialect {
  for (const { key } of table.entries.values()) {
    const dialect = shape.keys.get(key.text)?.dialect;
    if (dialect !== undefined) return dialect;
  }
  return file;
}
