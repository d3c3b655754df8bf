import type { Key, ValueShape } from "@labscape/devices";
import { keysOf } from "./place.js";

/**
 * What completion writes after `key = `, in snippet syntax: the number that holds now, the other truth than that which
 * holds now, else the place to write a value.
 */
export function valueSnippet({ shape, fallback }: Key<unknown>, inherited: unknown, stop = 1): string {
  switch (shape.kind) {
    case "string":
      return `"$${stop}"`;
    case "boolean":
      return `\${${stop}:${String((inherited ?? fallback) !== true)}}`;
    case "integer": {
      const known = [inherited, fallback].find((value) => typeof value === "number");
      return `\${${stop}:${known ?? shape.minimum}}`;
    }
    case "list":
      return shape.item.kind === "string" ? `["$${stop}"]` : `[${inlineRow(shape.item, stop)}]`;
    case "table":
    case "strings-by-name":
      return inlineRow(shape, stop);
  }
}

/** A table on one line, with the keys that it must have. */
export function inlineRow(shape: ValueShape, stop = 1): string {
  return `{ ${requiredPairs(shape, stop).join(", ") || `$${stop}`} }`;
}

/** The keys that a table must have, each with a place for its value. */
export function requiredPairs(shape: ValueShape, firstStop = 1): readonly string[] {
  return Object.entries(keysOf(shape) ?? {})
    .filter(([, key]) => key.required)
    .map(([name, key], index) => `${name} = ${valueSnippet(key, undefined, firstStop + index)}`);
}
