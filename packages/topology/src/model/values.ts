import type { ValueType } from "../keys/index.js";
import type { EntryValue } from "../syntax/tree.js";

/** Whether a value is of the kind that a type asks for; says nothing of what is inside an array or table. */
export function hasKind(value: EntryValue, type: ValueType): boolean {
  switch (type.kind) {
    case "string":
    case "enum":
      return value.kind === "string";
    case "integer":
      return value.kind === "integer";
    case "number":
      return value.kind === "integer" || value.kind === "float";
    case "boolean":
      return value.kind === "boolean";
    case "array":
      return value.kind === "array" || (value.kind === "table-array" && takesTables(type.items));
    case "table":
    case "map":
      return value.kind === "table" || value.kind === "inline-table";
    case "either":
      return type.types.some((each) => hasKind(value, each));
  }
}

function takesTables(type: ValueType): boolean {
  if (type.kind === "either") return type.types.some(takesTables);
  return type.kind === "table" || type.kind === "map";
}

/** A whole number within the type's bounds. */
export function integerOf(value: EntryValue | undefined, type: ValueType | undefined): number | undefined {
  if (value?.kind !== "integer" || type?.kind !== "integer") return undefined;
  const number = Number(value.value);
  return number >= type.min && number <= type.max ? number : undefined;
}

/** One of the words of an enumeration. */
export function wordOf<Word extends string>(value: EntryValue | undefined, words: readonly Word[]): Word | undefined {
  return value?.kind === "string" ? words.find((word) => word === value.value) : undefined;
}
