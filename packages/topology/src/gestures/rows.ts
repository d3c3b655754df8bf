import { addInline, addToTable, type NewPair } from "../edits/add-pairs.js";
import { pairAt } from "../edits/index.js";
import { tableOf } from "../model/access.js";
import type { ArrayValue, EntryValue, InlineTable, TomlDocument, TomlTable } from "../syntax/index.js";
import type { Draft, DraftFile } from "./draft.js";
import { placed, unreadable } from "./refused.js";

/** The list that a row stands in, and the row as an item of it; no item for a row under a header. */
export interface RowPlace {
  readonly key: string;
  readonly list: EntryValue;
  readonly item: InlineTable | undefined;
}

/** Where a row of one of the lists at the top of a file, or of the diagram's notes, is written. */
export function placeOfRow({ root }: TomlDocument, table: TomlTable): RowPlace {
  const diagram = tableOf(root.entries.get("diagram")?.value);
  const lists = [...root.entries, ["notes", diagram?.entries.get("notes")] as const];
  for (const [key, entry] of lists) {
    const list = entry?.value;
    if (list?.kind === "table-array" && list.items.includes(table)) return { key, list, item: undefined };
    const item = list?.kind === "array" ? itemOf(list, table) : undefined;
    if (list !== undefined && item !== undefined) return { key, list, item };
  }
  throw unreadable();
}

function itemOf({ items }: ArrayValue, table: TomlTable): InlineTable | undefined {
  for (const item of items) if (item.kind === "inline-table" && item.table === table) return item;
  return undefined;
}

/** Gives a key of a table its value, whether the key is there or not. */
export function setValue(file: DraftFile, owner: TomlTable | InlineTable, key: string, value: string): void {
  const table = owner.kind === "table" ? owner : owner.table;
  const entry = table.entries.get(key);
  if (entry === undefined) addKeys(file, owner, [[key, value]]);
  else if (entry.pair?.equals === undefined || entry.pair.value !== entry.value) throw unreadable();
  else if (entry.value.kind === "missing" && entry.value.start === entry.value.end)
    file.changes.replace({ start: entry.pair.equals.end, end: entry.value.end }, ` ${value}`);
  else file.changes.replace({ start: entry.pair.value.start, end: entry.pair.value.end }, value);
}

export function addKeys(
  { document, changes }: DraftFile,
  owner: TomlTable | InlineTable,
  pairs: readonly NewPair[],
): void {
  if (owner.kind === "inline-table") placed(addInline(document, changes, owner, pairs));
  else if (owner.form !== "inline") placed(addToTable(document, changes, owner, [], pairs));
  else {
    const { item } = placeOfRow(document, owner);
    if (item === undefined) throw unreadable();
    placed(addInline(document, changes, item, pairs));
  }
}

/** Takes a key away from every row of one thing. */
export function removeKey(draft: Draft, rows: readonly { readonly table: TomlTable }[], key: string): void {
  for (const { table } of rows) {
    const pair = table.entries.get(key)?.pair;
    if (pair === undefined) continue;
    const { document, changes } = draft.at(pair.start);
    changes.remove(pair, pairAt(document, pair.start)?.owner);
  }
}
