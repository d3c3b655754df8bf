import type { Analysis } from "../analysis.js";
import type { Range } from "../syntax/index.js";
import type { CodeAction } from "./shapes.js";

/** The mends of the findings in a range, the best one of each first. */
export function codeActions(analysis: Analysis, range: Range): readonly CodeAction[] {
  return analysis.findings
    .filter((finding) => finding.range.start <= range.end && range.start <= finding.range.end)
    .flatMap((finding) =>
      finding.fixes.map(({ title, edits }, index): CodeAction => {
        return { title, kind: "quickfix", edits, finding, preferred: index === 0 };
      }),
    );
}
