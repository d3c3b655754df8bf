import type { Analysis } from "../analysis.js";
import { locate } from "../model/index.js";
import type { Range } from "../syntax/index.js";
import { conversionActions, unmixAction } from "./conversion-actions.js";
import type { CodeAction } from "./shapes.js";

/** The mends of the findings in a range of the lab's numbering, the best one of each first; then what can be rewritten there. */
export function codeActions(analysis: Analysis, range: Range): readonly CodeAction[] {
  const at = locate(analysis.sources, range);
  const mends = analysis.findings
    .filter(({ file, range: { start, end } }) => file === at.file && start <= at.range.end && at.range.start <= end)
    .flatMap((finding) => [
      ...finding.fixes.map(({ title, edits }, index): CodeAction => {
        return { title, kind: "quickfix", edits, finding, preferred: index === 0 };
      }),
      ...unmixAction(analysis, finding),
    ]);
  return [...mends, ...conversionActions(analysis, range)];
}
