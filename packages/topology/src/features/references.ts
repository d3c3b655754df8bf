import type { Analysis } from "../analysis.js";
import { locate, type Location } from "../model/index.js";
import { occurrences, referenceAt } from "./reference.js";

/** Every place that names the node, group or bridge under the cursor. */
export function references(
  analysis: Analysis,
  offset: number,
  { declaration }: { readonly declaration: boolean },
): readonly Location[] {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  return occurrences(analysis, reference)
    .filter(({ declares }) => declaration || !declares)
    .map(({ text }) => locate(analysis.sources, text.range));
}
