import type { Analysis } from "../analysis.js";
import type { TextEdit } from "../finding.js";
import { walkFile } from "../model/walk.js";
import { quoteLike } from "../syntax/index.js";

/**
 * Edits of the paths that a manifest's own text names, as files move.
 * @param moved the path to write instead of a written one; undefined where that stays.
 */
export function pathEdits(analysis: Analysis, moved: (path: string) => string | undefined): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  walkFile(analysis.syntax.root, {
    entry: (_, spec) => spec.status === undefined,
    value: (value, type) => {
      if (value.kind !== "string" || type.kind !== "string" || type.format !== "path" || !value.terminated) return;
      const path = value.value.trim() === "" ? undefined : moved(value.value);
      if (path !== undefined) edits.push({ file: analysis.file, range: value.range, newText: quoteLike(value, path) });
    },
  });
  return edits.sort((a, b) => a.range.start - b.range.start);
}
