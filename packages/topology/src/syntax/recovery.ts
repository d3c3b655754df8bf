import { Char } from "./characters.js";
import { atKey } from "./keys.js";
import type { ValueNode } from "./nodes.js";
import { isScalarText } from "./scalars.js";
import type { Scanner } from "./scanner.js";

/** Whether a value is an array or an inline table that lacks its end. */
export function endsUnclosed(value: ValueNode | undefined): boolean {
  return (value?.kind === "array" || value?.kind === "inline-table") && !value.terminated;
}

const keyPart = String.raw`(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')`;
const dottedKey = String.raw`${keyPart}(?:[ \t]*\.[ \t]*${keyPart})*`;
const quotedKey = /^(?:"[^"]*"|'[^']*')$/;
const pairStart = new RegExp(String.raw`${dottedKey}[ \t]*=`, "y");
const headerLine = new RegExp(String.raw`\[{1,2}[ \t]*(${dottedKey})[ \t]*\]{0,2}[ \t]*(?:#[^\n]*|\r?$)`, "my");

/**
 * What the line at the position can only be, other than an item of an array: a key with its equals sign, a table header, or
 * neither.
 */
export function statementAt(scanner: Scanner): "pair" | "header" | undefined {
  if (scanner.code === Char.openBracket) {
    headerLine.lastIndex = scanner.position;
    const key = headerLine.exec(scanner.text)?.[1];
    return key !== undefined && !isScalarText(key) && !quotedKey.test(key) ? "header" : undefined;
  }
  if (!atKey(scanner)) return undefined;
  pairStart.lastIndex = scanner.position;
  return pairStart.test(scanner.text) ? "pair" : undefined;
}

const rowEnd = /[^{\n]*\}[ \t]*,?[ \t]*(?:#[^\n]*)?$/my;

/** Whether the line from the position on is the rest of an inline table that was opened on a line above. */
export function endsRow(scanner: Scanner): boolean {
  rowEnd.lastIndex = scanner.position;
  return rowEnd.test(scanner.text);
}

/** Compares the indentation of the current line with that of an earlier one. */
export function isIndentedMore(scanner: Scanner, lineStart: number): boolean {
  return scanner.position - scanner.lineStart > indentation(scanner.text, lineStart);
}

function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text.charCodeAt(at) === Char.space || text.charCodeAt(at) === Char.tab) at++;
  return at - lineStart;
}

/** Skips and reports what stands in the place of a key in an inline table; returns its end. */
export function skipNonsense(scanner: Scanner): number {
  const { text, position: start } = scanner;
  const limit = scanner.lineEnd(start);
  let end = start;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === Char.comma || code === Char.closeBrace || code === Char.closeBracket || code === Char.hash) break;
  }
  scanner.position = Math.max(end, start + 1);
  end = start + Math.max(1, text.slice(start, end).trimEnd().length);
  scanner.error(start, end, "A key must stand here");
  return end;
}
