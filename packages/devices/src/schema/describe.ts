import type { Key, ValueShape } from "./keys.js";

/** What a value may be, in words; Markdown. */
export function describeShape(shape: ValueShape): string {
  switch (shape.kind) {
    case "string":
      return shape.values === undefined ? "string" : shape.values.map((value) => `\`"${value}"\``).join(", ");
    case "integer":
      return `whole number, ${shape.minimum} to ${shape.maximum}`;
    case "boolean":
      return "true or false";
    case "list":
      return shape.item.kind === "table" ? "array of tables" : `array of: ${describeShape(shape.item)}`;
    case "strings-by-name":
      return "table of strings";
    case "table":
      return "table";
  }
}

/** What holds where the key is not given; Markdown. */
export function describeDefault(key: Key<unknown>): string {
  if (key.required) return "required";
  if (key.defaultText !== undefined) return key.defaultText;
  if (key.fallback === undefined) return "none";
  return key.shape.kind === "strings-by-name" ? "empty" : `\`${JSON.stringify(key.fallback)}\``;
}
