import { describeDefault, describeShape, type Key } from "@labscape/devices";
import { code } from "../features/markdown.js";
import type { Path } from "../syntax/index.js";
import { inheritedAt, writtenValue } from "./inherited.js";
import type { ModelAnalysis } from "./read-model-files.js";

/** What a key of a model file does, what it may be, and what holds without it. */
export function modelKeyMarkdown(model: ModelAnalysis, path: Path, key: Key<unknown>): string {
  const inherited = writtenValue(inheritedAt(model, path));
  const isTable = key.shape.kind === "table";
  return [
    `**${String(path.at(-1) ?? "")}** · ${describeShape(key.shape)}${key.required && !isTable ? " · required" : ""}`,
    key.doc,
    ...(key.required || isTable ? [] : [`Default: ${describeDefault(key)}.`]),
    ...(inherited === undefined ? [] : [`Inherited: ${code(inherited)}.`]),
  ].join("\n\n");
}
