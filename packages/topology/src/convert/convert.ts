import type { Analysis, Dialect } from "../analysis.js";
import type { TextEdit } from "../finding.js";
import type { Range } from "../syntax/index.js";
import { createDraft, type Draft } from "./draft.js";
import { convertIdentity } from "./identity.js";
import { convertInterfaces } from "./interfaces.js";
import { convertLinks } from "./links.js";
import { convertLists } from "./lists.js";
import { convertModels } from "./models.js";
import { convertNumbers } from "./numbers.js";

/** Why a manifest cannot be written in the other dialect as it stands, and the place that is in the way. */
export interface ConversionProblem {
  /** A sentence or two: what is in the way, and what to do about it. */
  readonly message: string;
  readonly file: string;
  /** Local to the file. */
  readonly range: Range;
}

/** The edits in the order of their ranges, none where nothing is to be changed; or, at least one, the reasons why there are none. */
export type Conversion =
  { readonly edits: readonly TextEdit[] } | { readonly problems: readonly [ConversionProblem, ...ConversionProblem[]] };

const steps: readonly ((draft: Draft) => void)[] = [
  convertIdentity,
  convertLists,
  convertModels,
  convertNumbers,
  convertLinks,
  convertInterfaces,
];

/**
 * Writes a manifest in a dialect, also one that mixes both. The result means the same lab; comments, order and layout stay,
 * and only the keys that the dialects name differently change. What has no sure counterpart is never guessed: it is refused,
 * with all reasons at once. Files that the manifest includes stay as they are.
 */
export function convertDialect(analysis: Analysis, to: Dialect): Conversion {
  const { file, syntax } = analysis;
  const unsound = syntax.errors.filter(({ code }) => code !== "toml-1.1-feature");
  const [first, ...others] = unsound.map(({ message, range }): ConversionProblem => ({
    message: `The file must be sound TOML first. ${message}.`,
    file,
    range,
  }));
  if (first !== undefined) return { problems: [first, ...others] };
  const draft = createDraft(analysis, to);
  for (const step of steps) step(draft);
  const [problem, ...more] = draft.problems().map((each): ConversionProblem => ({ ...each, file }));
  if (problem !== undefined) return { problems: [problem, ...more] };
  return { edits: draft.edits().map((edit) => ({ ...edit, file })) };
}
