import { LineIndex, type Range, type TomlDocument, type Value } from "../syntax/index.js";
import type { BlankEdit } from "./blank-edit.js";
import { brokenLines, soundStatements } from "./sound.js";

/** A bracket or brace that spans lines. */
interface Bracket {
  readonly firstLine: number;
  readonly lastLine: number;
  /** Line of the statement. */
  readonly base: number;
}

/** Blank lines, blanks at the ends of lines, indentation in arrays and inline tables, and the end of the file. */
export function lineEdits(document: TomlDocument, indent: string): BlankEdit[] {
  const { text } = document;
  const lines = new LineIndex(text);
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const broken = brokenLines(document);
  const inString = linesInStrings(document, lineOf);
  const brackets = bracketsOverLines(document, lineOf);
  const separated = linesToSeparate(document, lines, lineOf);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const isBlank = (line: number): boolean => {
    const content = text.slice(lines.lineStart(line), lines.lineEnd(line));
    return !inString.has(line) && /^[ \t\ufeff]*$/.test(content) && !content.includes("\ufeff");
  };
  const edits: BlankEdit[] = [];
  let open: Bracket[] = [];
  let next = 0;

  for (let line = 0; line < lines.lineCount; line++) {
    const start = lines.lineStart(line);
    if (isBlank(line)) {
      const first = line;
      while (line + 1 < lines.lineCount && isBlank(line + 1)) line++;
      edits.push(blankRun(first, line));
      continue;
    }
    if (separated.has(line) && line > 0 && !isBlank(line - 1)) {
      edits.push({ range: { start, end: start }, newText: lineBreak });
    }
    if (broken.has(line)) continue;
    const wanted = inString.has(line) ? undefined : indentationOf(line);
    if (wanted !== undefined) {
      const indentation = /^[ \t]*/.exec(text.slice(start, lines.lineEnd(line)))?.[0].length ?? 0;
      edits.push({ range: { start, end: start + indentation }, newText: wanted });
    }
    if (!inString.has(line + 1)) edits.push(trailingBlanks(line));
  }
  const last = lines.lineCount - 1;
  if (text !== "" && !isBlank(last) && !inString.has(last + 1)) {
    edits.push({ range: { start: text.length, end: text.length }, newText: lineBreak });
  }
  return edits;

  /** One blank line stays of several; none at the start of the file, and none at its end but the last line's break. */
  function blankRun(first: number, last: number): BlankEdit {
    const atEnd = last === lines.lineCount - 1;
    const end = atEnd ? text.length : lines.lineStart(last + 1);
    return { range: { start: lines.lineStart(first), end }, newText: first === 0 || atEnd ? "" : lineBreak };
  }

  function trailingBlanks(line: number): BlankEdit {
    const start = lines.lineStart(line);
    const end = lines.lineEnd(line);
    const blanks = /[ \t]*$/.exec(text.slice(start, end))?.[0].length ?? 0;
    return { range: { start: end - blanks, end }, newText: "" };
  }

  /** Indentation of a line inside brackets; undefined for lines outside. To be called with growing line numbers. */
  function indentationOf(line: number): string | undefined {
    for (let bracket = brackets[next]; bracket !== undefined && bracket.firstLine < line; bracket = brackets[++next]) {
      open.push(bracket);
    }
    open = open.filter(({ lastLine }) => lastLine >= line);
    const [outer] = open;
    if (outer === undefined) return undefined;
    const content = text.slice(lines.lineStart(line), lines.lineEnd(line)).trimStart();
    // The brackets that a line starts with closing do not indent it.
    const closing = /^[\]}]*/.exec(content)?.[0].length ?? 0;
    const around = closing === 0 ? open : open.slice(0, -closing);
    // Brackets of one line count as one level.
    const levels = new Set(around.map(({ firstLine }) => firstLine)).size;
    const base = /^[ \t]*/.exec(text.slice(lines.lineStart(outer.base), lines.lineEnd(outer.base)))?.[0] ?? "";
    return base + indent.repeat(levels);
  }
}

/** Lines that start inside a multi-line string. */
function linesInStrings(document: TomlDocument, lineOf: (offset: number) => number): ReadonlySet<number> {
  const found = new Set<number>();
  const addValue = (value: Value): void => {
    if (value.kind === "string") {
      const last = lineOf(value.range.end);
      for (let line = lineOf(value.range.start) + 1; line <= last; line++) found.add(line);
    }
    if (value.kind === "array") value.items.forEach(addValue);
    if (value.kind === "inline-table") for (const pair of value.pairs) addValue(pair.value);
  };
  for (const statement of document.statements) if (statement.kind === "key-value") addValue(statement.value);
  return found;
}

/** Outer brackets before inner ones. */
function bracketsOverLines(document: TomlDocument, lineOf: (offset: number) => number): readonly Bracket[] {
  const found: Bracket[] = [];
  const add = (range: Range, base: number): void => {
    const bracket = { firstLine: lineOf(range.start), lastLine: lineOf(range.end), base };
    if (bracket.lastLine > bracket.firstLine) found.push(bracket);
  };
  const addValue = (value: Value, base: number): void => {
    if (value.kind === "array") {
      add(value.range, base);
      for (const item of value.items) addValue(item, base);
    }
    if (value.kind === "inline-table") {
      add(value.range, base);
      for (const pair of value.pairs) addValue(pair.value, base);
    }
  };
  for (const statement of soundStatements(document)) {
    if (statement.kind === "key-value") addValue(statement.value, lineOf(statement.range.start));
  }
  return found;
}

/** Lines that a blank one belongs before: those of headers, or of the comments directly above them. */
function linesToSeparate(
  document: TomlDocument,
  lines: LineIndex,
  lineOf: (offset: number) => number,
): ReadonlySet<number> {
  const found = new Set<number>();
  const commentLines = new Set(
    document.comments
      .filter(({ start }) => /^[ \t]*$/.test(document.text.slice(lines.lineStart(lineOf(start)), start)))
      .map(({ start }) => lineOf(start)),
  );
  for (const statement of soundStatements(document)) {
    if (statement.kind !== "table-header") continue;
    let line = lineOf(statement.range.start);
    while (commentLines.has(line - 1)) line--;
    if (line > 0) found.add(line);
  }
  return found;
}
