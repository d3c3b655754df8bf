import type { Analysis } from "../analysis.js";
import { sourceAt } from "../model/index.js";
import { cursorAt } from "../syntax/index.js";
import { completeHeader } from "./complete-header.js";
import { completeKey } from "./complete-key.js";
import { completeValue } from "./complete-value.js";
import type { Completion } from "./shapes.js";

/** What can be written at the cursor: keys that are still missing, or the values that the key takes. Works in half-typed text. */
export function complete(analysis: Analysis, offset: number): readonly Completion[] {
  const { syntax } = sourceAt(analysis.sources, offset);
  const cursor = cursorAt(syntax, offset);
  switch (cursor.kind) {
    case "key":
      return completeKey(analysis, cursor, syntax);
    case "header":
      return completeHeader(analysis, cursor, syntax);
    case "value":
      return completeValue(analysis, cursor, offset);
    case "comment":
    case "none":
      return [];
  }
}
