import type { Analysis } from "../analysis.js";
import { touches } from "../model/access.js";
import { locate, type Location } from "../model/index.js";
import { occurrences, referenceAt } from "./reference.js";

/** Where the node, group or bridge under the cursor is declared, in every file that does; the start of an included file. */
export function definition(analysis: Analysis, offset: number): readonly Location[] {
  const { includes } = analysis.manifest;
  const include = includes.find(({ path }) => touches(path.contents, offset))?.outcome;
  if (include?.kind === "read") return [{ file: include.source.file, range: { start: 0, end: 0 } }];
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  return occurrences(analysis, reference)
    .filter(({ declares }) => declares)
    .map(({ text }) => locate(analysis.sources, text.range));
}
