import type { Analysis } from "../analysis.js";
import { locate, sourceAt } from "../model/index.js";
import { cursorAt, type Range } from "../syntax/index.js";
import { addNodeAction } from "./add-node-action.js";
import { conversionActions, unmixAction } from "./conversion-actions.js";
import { defaultsAction } from "./defaults-action.js";
import { portAction } from "./port-action.js";
import type { CodeAction } from "./shapes.js";
import { sortAction } from "./sort-action.js";

/** The mends of the findings in a range of the lab's numbering, the best one of each first; then what can be rewritten there. */
export function codeActions(analysis: Analysis, range: Range): readonly CodeAction[] {
  const at = locate(analysis.sources, range);
  const findings = analysis.findings.filter(
    ({ file, range: { start, end } }) => file === at.file && start <= at.range.end && at.range.start <= end,
  );
  const mends = findings.flatMap((finding) => [
    ...finding.fixes.map(({ title, edits }, index): CodeAction => {
      return { title, kind: "quickfix", edits, finding, preferred: index === 0 };
    }),
    ...unmixAction(analysis, finding),
    ...addNodeAction(analysis, finding),
  ]);
  return [
    ...mends,
    ...portAction(analysis, range, findings),
    ...conversionActions(analysis, range),
    ...(isInNodes(analysis, range) ? [...defaultsAction(analysis), ...sortAction(analysis)] : []),
  ];
}

/** Whether a range starts in the rows of the manifest's own nodes, or at the key or header that names them. */
function isInNodes({ sources, syntax }: Analysis, { start }: Range): boolean {
  if (sourceAt(sources, start) !== sources[0]) return false;
  const { statement, tablePath } = cursorAt(syntax, start);
  const key =
    statement?.kind === "table-header" || tablePath.length === 0 ? statement?.key.parts[0]?.text : tablePath[0];
  return key === "nodes" || key === "devices";
}
