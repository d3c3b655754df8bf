import type { KeySpec, TableShape } from "../keys/index.js";
import type { JsonSchema } from "./json-schema.js";

/** What must be given in a table, one schema for each thing: a key, or in either dialect the keys that say it there. */
export function requirements(shape: TableShape, keys: (key: KeySpec) => boolean = () => true): readonly JsonSchema[] {
  const specs = [...shape.keys.values()];
  return specs.filter(keys).flatMap(({ name, required }): JsonSchema[] => {
    if (required === "both") return [{ required: [name] }];
    if (required !== "current") return [];
    const first = specs.filter((other) => other.required === "first" && other.counterpart === name);
    return [{ anyOf: [{ required: [name] }, { required: first.map((other) => other.name) }] }];
  });
}
