import type { Analysis, Dialect } from "../analysis.js";
import type { Range } from "../syntax/index.js";
import { Changes, type Change } from "../edits/index.js";
import { spelledKeys, type SpelledKey } from "./spelled-keys.js";

export interface Problem {
  readonly message: string;
  readonly range: Range;
}

/** A conversion under way: what is known of the file, and what was found to change or to be in the way. */
export interface Draft {
  readonly analysis: Analysis;
  readonly to: Dialect;
  /** Every key of the file, in the order of the text. */
  readonly keys: readonly SpelledKey[];
  readonly changes: Changes;
  readonly refuse: (range: Range, message: string) => void;
  readonly problems: () => readonly Problem[];
  readonly edits: () => readonly Change[];
}

export function createDraft(analysis: Analysis, to: Dialect): Draft {
  const problems: Problem[] = [];
  const changes = new Changes(analysis.syntax);
  return {
    analysis,
    to,
    keys: [...spelledKeys(analysis.syntax)],
    changes,
    refuse: (range, message) => void problems.push({ message, range }),
    problems: () => problems.sort((a, b) => a.range.start - b.range.start),
    edits: () => changes.all(),
  };
}

/** What the dialects are called in messages. */
export const dialectTitle: Readonly<Record<Dialect, string>> = {
  current: "the current dialect",
  first: "the first dialect",
};
