import { toPlainValue, type Path } from "../syntax/index.js";
import type { ModelAnalysis } from "./read-model-files.js";

/**
 * What holds at a path of a model file where it is silent there: the value of the models that it extends, for a member that
 * of the model's own hardware. Undefined where there is none.
 */
export function inheritedAt(model: ModelAnalysis, path: Path): unknown {
  const [root, ...rest] = path.filter((step) => typeof step === "string");
  if (root === "members" && rest[0] === "hardware")
    return lookUp(toPlainValue(model.source.syntax.root), rest) ?? inheritedAt(model, rest);
  // Other rows replace those of the parent as a whole.
  return path.every((step) => typeof step === "string") ? lookUp(model.inherited, path) : undefined;
}

function lookUp(table: unknown, path: Path): unknown {
  let value = table;
  for (const step of path) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = Object.entries(value).find(([name]) => name === step)?.[1];
  }
  return value;
}

/** A plain value as TOML writes it; undefined for a table and for rows, which are no news in a line. */
export function writtenValue(value: unknown): string | undefined {
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number")
    return JSON.stringify(value);
  if (typeof value === "bigint") return String(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.map(writtenValue);
  return items.includes(undefined) ? undefined : `[${items.join(", ")}]`;
}
