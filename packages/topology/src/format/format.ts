import type { TextEdit } from "../finding.js";
import type { TomlDocument } from "../syntax/index.js";
import { lineEdits } from "./line-edits.js";
import { spacingEdits } from "./spacing.js";

export interface FormatOptions {
  /** File that the edits name. */
  readonly file: string;
  /** Blanks for each level of an array or inline table over several lines; two spaces when absent. */
  readonly indent?: string;
}

/**
 * Edits that lay a manifest out evenly. Only blanks and line breaks outside of strings change, so that meaning and comments
 * stay; lines with a syntax error, and statements that hold one, stay as they are. Formatting twice changes nothing more.
 */
export function formatManifest(document: TomlDocument, options: FormatOptions): TextEdit[] {
  const { text } = document;
  return [...spacingEdits(document), ...lineEdits(document, options.indent ?? "  ")]
    .filter(({ range, newText }) => text.slice(range.start, range.end) !== newText)
    .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end)
    .map(({ range, newText }) => ({ file: options.file, range, newText }));
}
