import { keyPathAt } from "../features/hover.js";
import { modelMarkdown } from "../features/markdown.js";
import type { Hover } from "../features/shapes.js";
import { textOf, touches } from "../model/access.js";
import { cursorAt } from "../syntax/index.js";
import { modelKeyMarkdown } from "./markdown.js";
import { modelPlaceAt } from "./place.js";
import type { ModelAnalysis } from "./read-model-files.js";

/** What is under the cursor in a model file: a key, the model itself at its name, the one that it extends. */
export function hoverModel(model: ModelAnalysis, offset: number): Hover | undefined {
  const { source, catalogue } = model;
  for (const key of ["name", "extends"] as const) {
    const text = textOf(source.syntax.root.entries.get(key)?.value);
    if (text === undefined || !touches(text.range, offset)) continue;
    const found = key === "extends" ? model.parent?.model : catalogue.find(text.value)?.model;
    return found === undefined ? undefined : { range: text.range, markdown: modelMarkdown(found, source.file) };
  }
  const at = keyPathAt(cursorAt(source.syntax, offset));
  const key = at === undefined ? undefined : modelPlaceAt(at.path)?.key;
  return at === undefined || key === undefined
    ? undefined
    : { range: at.range, markdown: modelKeyMarkdown(model, at.path, key) };
}
