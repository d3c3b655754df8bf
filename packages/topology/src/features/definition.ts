import type { Analysis } from "../analysis.js";
import { locate, type Location } from "../model/index.js";
import { occurrences, referenceAt } from "./reference.js";

/** Where the node, group or bridge under the cursor is declared. */
export function definition(analysis: Analysis, offset: number): readonly Location[] {
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  return occurrences(analysis, reference)
    .filter(({ declares }) => declares)
    .map(({ text }) => locate(analysis.sources, text.range));
}
