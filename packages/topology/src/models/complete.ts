import type { Completion } from "../features/shapes.js";
import { cursorAt } from "../syntax/index.js";
import { completeModelHeader, completeModelKey } from "./complete-key.js";
import { completeModelValue } from "./complete-value.js";
import type { ModelAnalysis } from "./read-model-files.js";

/** What can be written at the cursor in a model file: keys that are still missing, or the values that the key takes. */
export function completeModel(model: ModelAnalysis, offset: number): readonly Completion[] {
  const { syntax } = model.source;
  const cursor = cursorAt(syntax, offset);
  switch (cursor.kind) {
    case "key":
      return completeModelKey(model, cursor);
    case "header":
      return completeModelHeader(cursor, syntax);
    case "value":
      return completeModelValue(model, cursor, offset);
    case "comment":
    case "none":
      return [];
  }
}
