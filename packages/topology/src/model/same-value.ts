import type { EntryValue, TomlTable } from "../syntax/tree.js";
import { tableOf } from "./access.js";

/** Whether two values mean the same, whichever way they are written. What is not there means nothing, not even the same. */
export function sameValue(one: EntryValue, other: EntryValue): boolean {
  switch (one.kind) {
    case "string":
    case "integer":
    case "boolean":
    case "float":
      return other.kind === one.kind && other.value === one.value;
    case "datetime":
      return other.kind === "datetime" && other.text === one.text;
    case "array":
    case "table-array":
      return sameItems(one.items, other.kind === "array" || other.kind === "table-array" ? other.items : undefined);
    case "table":
    case "inline-table":
      return sameTable(tableOf(one), tableOf(other));
    case "missing":
      return false;
  }
}

function sameItems(one: readonly EntryValue[], other: readonly EntryValue[] | undefined): boolean {
  if (one.length !== other?.length) return false;
  return one.every((item, index) => {
    const beside = other[index];
    return beside !== undefined && sameValue(item, beside);
  });
}

function sameTable(one: TomlTable | undefined, other: TomlTable | undefined): boolean {
  if (one === undefined || one.entries.size !== other?.entries.size) return false;
  return [...one.entries].every(([key, { value }]) => {
    const beside = other.entries.get(key);
    return beside !== undefined && sameValue(value, beside.value);
  });
}
