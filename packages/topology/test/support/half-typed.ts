import { parseToml, type Completion, type TomlError } from "@labscape/topology";
import { acceptCompletion } from "./features.js";

/** Every text that comes about while a manifest is typed: at the end of the file, and on a line between others. */
export function* halfTyped(text: string): Generator<{ readonly text: string; readonly offset: number }> {
  for (let offset = 0; offset <= text.length; offset++) {
    yield { text: text.slice(0, offset), offset };
    const lineEnd = text.indexOf("\n", offset);
    if (lineEnd > offset) yield { text: text.slice(0, offset) + text.slice(lineEnd), offset };
  }
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < offset; feed = text.indexOf("\n", feed + 1)) line++;
  return line;
}

/** Syntax errors in a form that compares: the line, counted from the end behind the cursor's line, and what is said. */
function errorsOf(text: string, cursorLine: number): readonly string[] {
  const lines = text.split("\n").length;
  return parseToml(text).errors.map((error: TomlError) => {
    const line = lineOf(text, error.range.start);
    return line <= cursorLine
      ? `line ${line} ${error.code} ${error.message}`
      : `line -${lines - line} ${error.code} ${error.message}`;
  });
}

/** What is wrong with a text before a completion is accepted in it. */
export function brokenBefore(text: string, offset: number): ReadonlySet<string> {
  return new Set(errorsOf(text, lineOf(text, offset)));
}

/** What is wrong after a completion that was not wrong before it. */
export function brokenBy(
  text: string,
  offset: number,
  before: ReadonlySet<string>,
  item: Completion,
): readonly string[] {
  const after = acceptCompletion(text, item);
  return errorsOf(after, lineOf(text, offset)).filter((error) => !before.has(error));
}
