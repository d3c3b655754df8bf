import { isTemplateFile } from "@labscape/devices";
import type { CodeAction, DocumentLink } from "../features/shapes.js";
import { rowsOf, tableOf, textOf, touches } from "../model/access.js";
import type { Location } from "../model/lab.js";
import type { Range } from "../syntax/index.js";
import type { ModelAnalysis } from "./read-model-files.js";

/** The name of the model that is extended at the cursor, in the user's file that it is in. */
export function modelDefinition({ source, parent }: ModelAnalysis, offset: number): readonly Location[] {
  const name = textOf(source.syntax.root.entries.get("extends")?.value);
  if (name === undefined || !touches(name.range, offset) || parent?.file === undefined) return [];
  return [{ file: parent.file, range: parent.nameAt ?? { start: 0, end: 0 } }];
}

/** The author's own templates. */
export function modelLinks({ source }: ModelAnalysis): readonly DocumentLink[] {
  const firstBoot = tableOf(source.syntax.root.entries.get("first_boot")?.value);
  return rowsOf(firstBoot?.entries.get("files")?.value).flatMap((row) => {
    const template = textOf(row.entries.get("template")?.value);
    return template === undefined || !isTemplateFile(template.value)
      ? []
      : [{ range: template.range, path: template.value }];
  });
}

/** The mends of the findings in a range, the best one of each first. */
export function modelActions({ findings }: ModelAnalysis, range: Range): readonly CodeAction[] {
  return findings
    .filter((finding) => finding.range.start <= range.end && range.start <= finding.range.end)
    .flatMap((finding) =>
      finding.fixes.map(({ title, edits }, index): CodeAction => {
        return { title, kind: "quickfix", edits, finding, preferred: index === 0 };
      }),
    );
}
