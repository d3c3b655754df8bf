import type { Analysis } from "../analysis.js";
import { occurrences, referenceAt } from "./reference.js";
import type { Highlight } from "./shapes.js";

/** Every place that names the thing under the cursor; where it is declared counts as writing. */
export function documentHighlights(analysis: Analysis, offset: number): readonly Highlight[] {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  return occurrences(analysis, reference).map(({ text, declares }) => ({
    range: text.range,
    kind: declares ? "write" : "read",
  }));
}
