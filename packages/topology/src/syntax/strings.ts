import { Char } from "./characters.js";
import { StringNode } from "./nodes.js";
import type { Scanner } from "./scanner.js";

const controlInLine = new RegExp(String.raw`[\0-\x08\n-\x1f\x7f]`);
const controlInLines = new RegExp(String.raw`[\0-\x08\v\f\x0e-\x1f\x7f]|\r(?!\n)`);
/** The text before a delimiter on its line, where that delimiter opens a value: `key = """`. */
const opensValue = /^[ \t]*[A-Za-z0-9_."' \t-]+=[ \t]*$/;

/** Reads the string whose opening quote is at the position. */
export function readString(scanner: Scanner): StringNode {
  const { text, position: start } = scanner;
  const code = scanner.code;
  const basic = code === Char.doubleQuote;
  if (text.charCodeAt(start + 1) === code && text.charCodeAt(start + 2) === code) return readMultiline(scanner, basic);

  let end = start + 1;
  while (isPlain(text.charCodeAt(end)) && text.charCodeAt(end) !== code) end++;
  if (text.charCodeAt(end) === code) {
    scanner.position = end + 1;
    return new StringNode(
      scanner.anchor,
      start,
      end + 1,
      text.slice(start + 1, end),
      basic ? "basic" : "literal",
      true,
    );
  }
  const lineEnd = scanner.lineEnd(start);
  end = basic ? findBasicEnd(text, end, lineEnd) : text.indexOf("'", end);
  const terminated = end !== -1 && end < lineEnd;
  if (!terminated) end = lineEnd;
  const raw = text.slice(start + 1, end);
  reportControl(scanner, raw, start + 1, controlInLine);
  const value = basic ? decode(scanner, raw, start + 1) : raw;
  if (!terminated) scanner.error(start, end, `This string needs a closing ${basic ? '"' : "'"}`);
  scanner.position = terminated ? end + 1 : end;
  return new StringNode(scanner.anchor, start, scanner.position, value, basic ? "basic" : "literal", terminated);
}

/** Whether a code unit stands for itself in a string and ends none; not so past the end of the text. */
function isPlain(code: number): boolean {
  return code > 0x7f || (code >= Char.space && code !== Char.backslash && code !== 0x7f) || code === Char.tab;
}

/** Offset of the next quote that no backslash escapes; -1 when `limit` comes first. */
function findBasicEnd(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const code = text.charCodeAt(at);
    if (code === Char.doubleQuote) return at;
    if (code === Char.backslash) at++;
  }
  return -1;
}

function readMultiline(scanner: Scanner, basic: boolean): StringNode {
  const { text, position: start } = scanner;
  const style = basic ? "multiline-basic" : "multiline-literal";
  const delimiter = basic ? '"""' : "'''";
  let end = findDelimiter(text, start + 3, delimiter, basic);
  if (end !== -1 && scanner.distrustsClosers && looksLikeOpener(text, start, end)) end = -1;
  const terminated = end !== -1;
  if (terminated) {
    // The string may end with one or two quotes of its own before the delimiter.
    const quote = delimiter.charCodeAt(0);
    for (let extra = 0; extra < 2 && text.charCodeAt(end + 3) === quote; extra++) end++;
  } else {
    end = scanner.lineEnd(start);
    scanner.sawOddDelimiter = true;
    scanner.error(start, end, `This string needs a closing ${delimiter}`);
  }
  const raw = text.slice(start + 3, end);
  reportControl(scanner, raw, start + 3, controlInLines);
  const lead = raw.startsWith("\n") ? 1 : raw.startsWith("\r\n") ? 2 : 0;
  const body = raw.slice(lead);
  const value = basic ? decode(scanner, body, start + 3 + lead) : body;
  scanner.position = terminated ? end + 3 : end;
  return new StringNode(scanner.anchor, start, scanner.position, value, style, terminated);
}

function findDelimiter(text: string, from: number, delimiter: string, basic: boolean): number {
  if (!basic) return text.indexOf(delimiter, from);
  for (let at = from; ;) {
    const found = text.indexOf(delimiter, at);
    if (found === -1) return -1;
    // Escaped when an odd number of backslashes stands before it.
    let backslashes = 0;
    while (found - backslashes > from && text.charCodeAt(found - backslashes - 1) === Char.backslash) backslashes++;
    if (backslashes % 2 === 0) return found;
    at = found + 1;
  }
}

function looksLikeOpener(text: string, start: number, at: number): boolean {
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  return lineStart > start && opensValue.test(text.slice(lineStart, at));
}

function reportControl(scanner: Scanner, raw: string, offset: number, pattern: RegExp): void {
  const index = raw.search(pattern);
  if (index === -1) return;
  const message =
    raw.charAt(index) === "\r"
      ? "A carriage return needs a line feed after it"
      : 'Control characters must be written as escapes, for instance "\\u0000"';
  scanner.error(offset + index, offset + index + 1, message);
}

const simpleEscapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\x1b",
  '"': '"',
  "\\": "\\",
};
const escape = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([ \t]*\r?\n[ \t\r\n]*)|([^]|$))/gu;

/** Resolves the escapes of a basic string. What is no escape stays as it is written, with an error. */
function decode(scanner: Scanner, raw: string, offset: number): string {
  if (!raw.includes("\\")) return raw;
  return raw.replace(
    escape,
    (
      whole: string,
      u: string | undefined,
      U: string | undefined,
      x: string | undefined,
      fold: string | undefined,
      letter: string | undefined,
      index: number,
    ) => {
      const start = offset + index;
      const bad = (message: string): string => {
        scanner.error(start, start + whole.length, message);
        return whole;
      };
      const hex = u ?? U ?? x;
      if (hex !== undefined) {
        const point = parseInt(hex, 16);
        if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return bad(`${whole} is not a Unicode character`);
        if (x !== undefined) reportNewEscape(scanner, start, whole);
        return String.fromCodePoint(point);
      }
      // A backslash at the end of a line joins it with the next text; only multi-line strings have one.
      if (fold !== undefined) return "";
      const simple = simpleEscapes[letter ?? ""];
      if (simple === undefined) return bad(`${whole} is not an escape; write \\\\ for a backslash`);
      if (letter === "e") reportNewEscape(scanner, start, whole);
      return simple;
    },
  );
}

function reportNewEscape(scanner: Scanner, start: number, whole: string): void {
  const message = `The escape ${whole.slice(0, 2)} is new in TOML 1.1; other readers of this file may refuse it`;
  scanner.report("toml-1.1-feature", start, start + whole.length, message);
}
