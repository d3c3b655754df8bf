import { rowsOf } from "../model/access.js";
import type { Path, TomlDocument, TomlTable } from "../syntax/index.js";

/** The lists of each kind of row, in the order in which their rows are counted. */
const rowLists = { nodes: ["nodes", "devices"], links: ["links", "connections"] } as const;

/** Whether a path leads to a row of a list. */
export function isRowOf(path: Path, kind: keyof typeof rowLists): boolean {
  const lists: readonly unknown[] = rowLists[kind];
  return path.length === 2 && typeof path[1] === "number" && lists.includes(path[0]);
}

/** The rows of nodes of a file, with the path to each. */
export function nodeRows({ root }: TomlDocument): readonly { readonly path: Path; readonly table: TomlTable }[] {
  return rowLists.nodes.flatMap((list) =>
    rowsOf(root.entries.get(list)?.value).map((table, index) => ({ path: [list, index], table })),
  );
}

/** Whether a path leads to a table of node keys: a node's row, `defaults` or a group. */
export function isNodeTable(path: Path): boolean {
  if (isRowOf(path, "nodes")) return true;
  return path.length === 1 ? path[0] === "defaults" : path.length === 2 && path[0] === "groups";
}

/** A path as a key of a map. */
export function scopeKey(path: Path): string {
  return JSON.stringify(path);
}
