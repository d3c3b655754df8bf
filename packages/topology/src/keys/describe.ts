import type { ValueType } from "./types.js";

/** Words with commas and an "or" before the last. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

/** A type in words, with its article. */
export function describeType(type: ValueType): string {
  switch (type.kind) {
    case "string":
    case "enum":
      return "text in quotes";
    case "integer":
      return type.unit === undefined ? "a whole number" : `a whole number of ${type.unit}`;
    case "number":
      return "a number";
    case "boolean":
      return "true or false";
    case "array":
      return "a list in [ ]";
    case "table":
    case "map":
      return "a table";
    case "either":
      return listed(type.types.map(describeType));
  }
}
