import type { EntryValue, TomlTable } from "./tree.js";

export type PlainValue = string | number | bigint | boolean | PlainValue[] | PlainTable;

export interface PlainTable {
  [key: string]: PlainValue;
}

/**
 * A table as JavaScript values, without ranges. Integers are numbers where those are exact and otherwise bigints; date-times
 * are texts as written. Missing values are left out.
 */
export function toPlainValue(table: TomlTable): PlainTable {
  const pairs: [string, PlainValue][] = [];
  for (const [key, { value }] of table.entries) {
    const plain = convert(value);
    if (plain !== undefined) pairs.push([key, plain]);
  }
  return Object.fromEntries(pairs);
}

function convert(value: EntryValue): PlainValue | undefined {
  switch (value.kind) {
    case "missing":
      return undefined;
    case "string":
    case "float":
    case "boolean":
      return value.value;
    case "integer": {
      const number = Number(value.value);
      return Number.isSafeInteger(number) ? number : value.value;
    }
    case "datetime":
      return value.text;
    case "array":
      return value.items.map(convert).filter((item) => item !== undefined);
    case "inline-table":
      return toPlainValue(value.table);
    case "table":
      return toPlainValue(value);
    case "table-array":
      return value.items.map(toPlainValue);
  }
}
