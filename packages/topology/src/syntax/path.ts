import type { Entry, EntryValue, TableHeader, TomlTable } from "./tree.js";

/** Way from the root to a value: keys, and positions in arrays counted from 0. */
export type Path = readonly (string | number)[];

/** What stands at a path; undefined when nothing does. */
export function valueAt(root: TomlTable, path: Path): EntryValue | undefined {
  let value: EntryValue = root;
  for (const step of path) {
    const next: EntryValue | undefined =
      typeof step === "string" ? entriesOf(value)?.get(step)?.value : itemsOf(value)?.[step];
    if (next === undefined) return undefined;
    value = next;
  }
  return value;
}

function entriesOf(value: EntryValue): ReadonlyMap<string, Entry> | undefined {
  if (value.kind === "table") return value.entries;
  return value.kind === "inline-table" ? value.table.entries : undefined;
}

function itemsOf(value: EntryValue): readonly EntryValue[] | undefined {
  return value.kind === "array" || value.kind === "table-array" ? value.items : undefined;
}

/** The table that a header opened, and the way there; no table when its key is empty or in conflict with another one. */
export function resolveHeader(
  root: TomlTable,
  header: TableHeader,
): { readonly path: Path; readonly table?: TomlTable } {
  const path: (string | number)[] = [];
  let table: TomlTable | undefined = root;
  for (const part of header.key.parts) {
    path.push(part.text);
    const value: EntryValue | undefined = table?.entries.get(part.text)?.value;
    if (value?.kind === "table-array") {
      // The item that the header belongs to is the last one that was opened up to here.
      const index = value.items.findLastIndex((item) => item.nameRange.start <= part.range.start);
      path.push(Math.max(0, index));
      table = value.items[index];
    } else {
      table = value?.kind === "table" ? value : undefined;
    }
  }
  return table === undefined ? { path } : { path, table };
}
