/** A text with marks in it: where the cursor is, and which findings are expected where. */
export interface Marked {
  readonly text: string;
  /** Offset of `$0`; undefined without one. */
  readonly cursor: number | undefined;
  readonly expected: readonly ExpectedFinding[];
}

export interface ExpectedFinding {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a marked text. `$0` is the cursor. A line of carets and a code, as in
 *
 *     name = "a b"
 *     #       ^^^ invalid-name
 *
 * expects a finding over the characters above the carets; `^` under one place and `|` for a range without width.
 */
export function readMarked(marked: string): Marked {
  const lines: string[] = [];
  const expected: ExpectedFinding[] = [];
  let lineStart = 0;
  let length = 0;
  for (const line of marked.split("\n")) {
    const caret = /^#?\s*(?:\^+|\|) [a-z0-9.-]+$/.exec(line);
    if (caret === null) {
      lines.push(line);
      lineStart = length;
      length += line.length + 1;
      continue;
    }
    const [marks = "", code = ""] = line.replace(/^#/, " ").trim().split(" ");
    const column = line.search(/[\^|]/);
    const start = lineStart + column;
    expected.push({ code, start, end: marks === "|" ? start : start + marks.length });
  }
  const text = lines.join("\n");
  const cursor = text.indexOf("$0");
  if (cursor < 0) return { text, cursor: undefined, expected };
  return { text: text.slice(0, cursor) + text.slice(cursor + 2), cursor, expected };
}
