import type { Analysis } from "../analysis.js";
import { touches } from "../model/access.js";
import { locate, type Location } from "../model/index.js";
import type { Range } from "../syntax/index.js";
import { modelNameAt, occurrences, referenceAt } from "./reference.js";

const TOP: Range = { start: 0, end: 0 };

/**
 * Where the node, group or bridge under the cursor is declared, in every file that does; the start of an included file; the
 * name of a user's own device model in its file.
 */
export function definition(analysis: Analysis, offset: number): readonly Location[] {
  const { includes } = analysis.manifest;
  const include = includes.find(({ path }) => touches(path.contents, offset))?.outcome;
  if (include?.kind === "read") return [{ file: include.source.file, range: TOP }];
  const model = analysis.catalogue.find(modelNameAt(analysis, offset)?.value ?? "")?.model;
  if (model !== undefined) return model.file === undefined ? [] : [{ file: model.file, range: model.nameAt ?? TOP }];
  const reference = referenceAt(analysis, offset);
  if (reference === undefined) return [];
  return occurrences(analysis, reference)
    .filter(({ declares }) => declares)
    .map(({ text }) => locate(analysis.sources, text.range));
}
