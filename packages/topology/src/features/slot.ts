import { touches } from "../model/access.js";
import type { Source } from "../model/index.js";
import type { CursorInValue, Range } from "../syntax/index.js";
import { quoteString } from "../syntax/index.js";

/** Where a completed value goes: what it replaces and how it is written there. */
export interface Slot {
  readonly range: Range;
  /** Writes a text there, with the quotes that are still missing. */
  readonly quote: (text: string) => string;
  /** Whether the cursor is within quotes, where only the text of a string can go. */
  readonly inString: boolean;
}

/** Characters of names, ports, versions and paths; what else stands behind the cursor in an unclosed string is not part of it. */
const word = /[\w\-/.:~]/;

/**
 * The place of a value under the cursor. In a string its text is replaced, quotes stay. None where the cursor is not at what
 * would be replaced: behind a closing quote, or behind other text in an unclosed string.
 */
export function slotAt(cursor: CursorInValue, source: Source, offset: number): Slot | undefined {
  const { value } = cursor;
  if (value?.kind !== "string") return { range: cursor.range, quote: quoteString, inString: false };
  const range = stringRange(value.contents, value.terminated, source);
  if (!touches(range, offset)) return undefined;
  return {
    range,
    // A literal string has no escapes, and names need none.
    quote: (each) => quoteString(each).slice(1, -1) + (value.terminated ? "" : value.style === "literal" ? "'" : '"'),
    inString: true,
  };
}

function stringRange(contents: Range, terminated: boolean, { text, base }: Source): Range {
  if (terminated) return contents;
  let { start: end } = contents;
  while (end < contents.end && word.test(text.charAt(end - base))) end++;
  return { start: contents.start, end };
}
