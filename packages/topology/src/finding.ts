import type { Range } from "./syntax/tree.js";

export type Severity = "error" | "warning" | "information" | "hint";

/** Something to say about a manifest, at the characters that cause it. */
export interface Finding {
  /** Kebab-case, one of the codes of docs/checks. */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  /** File that holds `range`; the manifest itself or a file that it includes. */
  readonly file: string;
  readonly range: Range;
  readonly related: readonly RelatedLocation[];
  /** Mends that are certain, the best one first. */
  readonly fixes: readonly Fix[];
  /** How an editor may render it. */
  readonly tag?: "unnecessary" | "deprecated";
}

export interface RelatedLocation {
  readonly file: string;
  readonly range: Range;
  readonly message: string;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  readonly file: string;
  readonly range: Range;
  readonly newText: string;
}
