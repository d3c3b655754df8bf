import type { Analysis, Dialect } from "../analysis.js";
import { convertDialect } from "../convert/index.js";
import type { Finding } from "../finding.js";
import { placeAt } from "../keys/index.js";
import { sourceAt } from "../model/index.js";
import { cursorAt, type Range } from "../syntax/index.js";
import type { CodeAction } from "./shapes.js";

const others: Readonly<Record<Dialect, Dialect>> = { current: "first", first: "current" };

/** The manifest in the other dialect: offered at the keys that the dialects name differently, so that it is in nobody's way. */
export function conversionActions(analysis: Analysis, range: Range): readonly CodeAction[] {
  if (!touchesDialect(analysis, range.start)) return [];
  const to = others[analysis.dialect];
  const title = `Convert to the ${to} dialect`;
  const result = convertDialect(analysis, to);
  if ("problems" in result) {
    const [{ message, range: at }] = result.problems;
    const line = analysis.text.slice(0, at.start).split("\n").length;
    return [{ title, kind: "refactor.rewrite", edits: [], preferred: false, disabled: `Line ${line}: ${message}` }];
  }
  return [{ title, kind: "refactor.rewrite", edits: result.edits, preferred: false }];
}

/** The mend of all keys of the dialect that the file is not written in. */
export function unmixAction(analysis: Analysis, finding: Finding): readonly CodeAction[] {
  if (finding.code !== "mixed-dialects" || finding.file !== analysis.file) return [];
  const result = convertDialect(analysis, analysis.dialect);
  if ("problems" in result || result.edits.length === 0) return [];
  const title = `Write the whole file in the ${analysis.dialect} dialect`;
  return [{ title, kind: "quickfix", edits: result.edits, finding, preferred: finding.fixes.length === 0 }];
}

/** Whether a key at an offset of the manifest has another name in the other dialect. */
function touchesDialect({ sources, syntax }: Analysis, offset: number): boolean {
  if (sourceAt(sources, offset) !== sources[0]) return false;
  const cursor = cursorAt(syntax, offset);
  if (cursor.kind !== "header" && cursor.kind !== "key") return false;
  const key = cursor.kind === "header" ? cursor.header.key : cursor.pair?.key;
  if (key === undefined) return false;
  const spelled = key.parts.slice(0, cursor.part + 1).map(({ text }) => text);
  const spec = placeAt([...cursor.tablePath, ...spelled])?.spec;
  return spec?.dialect !== undefined || spec?.counterpart !== undefined;
}
