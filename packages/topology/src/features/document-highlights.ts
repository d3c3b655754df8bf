import type { Analysis } from "../analysis.js";
import { sourceAt } from "../model/index.js";
import { occurrences, referenceAt } from "./reference.js";
import type { Highlight } from "./shapes.js";

/** Every place in the cursor's file that names the thing under the cursor; where it is declared counts as writing. */
export function documentHighlights(analysis: Analysis, offset: number): readonly Highlight[] {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  const { sources } = analysis;
  const here = sourceAt(sources, offset);
  return occurrences(analysis, reference)
    .filter(({ text }) => sourceAt(sources, text.range.start) === here)
    .map(({ text, declares }) => ({ range: text.range, kind: declares ? "write" : "read" }));
}
