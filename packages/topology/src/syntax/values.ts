import { Char } from "./characters.js";
import { atKey, readKey } from "./keys.js";
import { endsUnclosed, isIndentedMore, skipNonsense, statementAt } from "./recovery.js";
import { readScalar } from "./scalars.js";
import { maxDepth, type Scanner } from "./scanner.js";
import { readString } from "./strings.js";
import { buildInlineTable } from "./tables.js";
import type { ArrayValue, InlineTable, KeyValue, MissingValue, Range, Value } from "./tree.js";

/** Reads `key = value`, in a table or in an inline table. There is at least the start of a key, or an equals sign. */
export function readPair(scanner: Scanner, nested: boolean): KeyValue {
  const key = readKey(scanner);
  const start = key.range.start;
  scanner.skipBlanks();
  if (scanner.code !== Char.equals) {
    scanner.position = key.range.end;
    scanner.error(start, key.range.end, "This key has no value: write = and a value after it");
    const value = missing(key.range.end);
    return { kind: "key-value", range: key.range, key, value };
  }
  const equals = { start: scanner.position, end: scanner.position + 1 };
  if (key.range.start === key.range.end)
    scanner.error(equals.start, equals.end, "A key must stand before the equals sign");
  scanner.position = equals.end;
  scanner.skipBlanks();
  scanner.depth += key.parts.length;
  const value = readValue(scanner, nested);
  scanner.depth -= key.parts.length;
  if (value.kind === "missing" && value.range.start === value.range.end) {
    scanner.error(equals.start, equals.end, "A value must follow the equals sign");
  }
  return { kind: "key-value", range: { start, end: value.range.end }, key, equals, value };
}

/** Reads a value. Where there is none, the result is a missing value without width, and no error is reported. */
function readValue(scanner: Scanner, nested: boolean): Value {
  if (scanner.atLineEnd()) return missing(scanner.position);
  switch (scanner.code) {
    case Char.doubleQuote:
    case Char.singleQuote:
      return readString(scanner);
    case Char.openBracket:
    case Char.openBrace:
      return readNested(scanner);
    case Char.hash:
      return missing(scanner.position);
    case Char.comma:
    case Char.closeBracket:
    case Char.closeBrace:
      return nested ? missing(scanner.position) : readScalar(scanner, nested);
    default:
      return readScalar(scanner, nested);
  }
}

function missing(at: number): MissingValue {
  return { kind: "missing", range: { start: at, end: at } };
}

function readNested(scanner: Scanner): Value {
  const start = scanner.position;
  if (scanner.depth >= maxDepth) {
    scanner.error(start, start + 1, `Values are nested too deeply: more than ${maxDepth} levels`);
    scanner.tooDeep = true;
    scanner.skipLine();
    return { kind: "missing", range: { start, end: scanner.position } };
  }
  scanner.depth++;
  let value: Value;
  if (scanner.code === Char.openBracket) {
    scanner.openArrays++;
    value = readItems(scanner, start, ++scanner.position);
    scanner.openArrays--;
  } else {
    scanner.openTables++;
    value = readInlineTable(scanner);
    scanner.openTables--;
  }
  scanner.depth--;
  return value;
}

/**
 * Reads the items of an array, up to its closing bracket or to a line that can only be a new statement.
 * @param start where the array starts; less than `from` when it has an opening bracket
 */
export function readItems(scanner: Scanner, start: number, from: number): ArrayValue {
  const { lineStart } = scanner;
  const items: Value[] = [];
  let end = from;
  let needsComma = false;
  for (;;) {
    scanner.skipBlanks();
    if (scanner.isBarred(start)) return unclosed();
    scanner.skipTrivia();
    const { code, position: at } = scanner;
    if (code === Char.closeBracket) {
      scanner.position++;
      return { kind: "array", range: { start, end: at + 1 }, items, terminated: true };
    }
    if (scanner.atEnd || (code === Char.closeBrace && scanner.openTables > 0)) return unclosed();
    if (code === Char.closeBrace) {
      scanner.error(at, at + 1, 'This "}" closes nothing');
      end = ++scanner.position;
      continue;
    }
    if (code === Char.comma) {
      if (!needsComma) scanner.error(at, at + 1, "A value must stand before the comma");
      needsComma = false;
      end = ++scanner.position;
      continue;
    }
    const startsLine = scanner.lineStart > end;
    const statement = startsLine ? statementAt(scanner) : undefined;
    const orphan = statement === "pair" && isIndentedMore(scanner, lineStart);
    if (statement !== undefined && !orphan) return unclosed();
    if (needsComma && !endsUnclosed(items.at(-1))) scanner.error(at, at + 1, "A comma must stand before this value");
    const item = orphan ? readOrphanedPairs(scanner) : readValue(scanner, true);
    items.push(item);
    end = item.range.end;
    needsComma = true;
  }

  function unclosed(): ArrayValue {
    // Where an unclosed value inside ended here too, that one is to blame.
    const blamed = endsUnclosed(items.at(-1)) && end === items.at(-1)?.range.end;
    if (start < from && !blamed && !scanner.tooDeep) scanner.error(start, from, 'This "[" is never closed');
    return { kind: "array", range: { start, end }, items, terminated: false };
  }
}

/** Reads the pairs of an inline table over several lines that lacks its opening brace. */
function readOrphanedPairs(scanner: Scanner): InlineTable {
  const start = scanner.position;
  scanner.error(start, scanner.lineEnd(start), 'These keys need a "{" before them');
  scanner.openTables++;
  const { table } = readPairs(scanner, start, start, false);
  scanner.openTables--;
  return table;
}

/**
 * Reads an inline table. It may span lines (new in TOML 1.1); when it then never finds its closing brace it is taken to be
 * one of a single line, so that the lines after it are not lost.
 */
function readInlineTable(scanner: Scanner): InlineTable {
  const start = scanner.position;
  const before = scanner.mark();
  const barred = scanner.mustEndOnLine(start);
  scanner.position++;
  const { table, swallowed } = readPairs(scanner, start, scanner.position, barred);
  if (barred || !swallowed || !scanner.mayReread || scanner.position <= scanner.lineEnd(start)) return table;
  scanner.rereadOnOneLine(before);
  scanner.position++;
  return readPairs(scanner, start, scanner.position, true).table;
}

/**
 * Reads the pairs of an inline table up to its closing brace.
 * @param start where the table starts; less than `from` when it has an opening brace
 * @returns `swallowed` when it has no end and lines that were read into it may not belong to it
 */
function readPairs(
  scanner: Scanner,
  start: number,
  from: number,
  singleLine: boolean,
): { readonly table: InlineTable; readonly swallowed: boolean } {
  const { lineStart } = scanner;
  const pairs: KeyValue[] = [];
  let end = from;
  let multiline = false;
  let needsComma = false;
  let lastComma: Range | undefined;
  for (;;) {
    scanner.skipBlanks();
    if (scanner.atLineEnd() || scanner.code === Char.hash) {
      if (singleLine || scanner.isBarred(start)) return unclosed(false);
      multiline = true;
      scanner.skipTrivia();
    }
    const { code, position: at } = scanner;
    if (code === Char.closeBrace) {
      scanner.position++;
      if (start < from) reportNewSyntax(scanner, start, multiline, needsComma ? undefined : lastComma);
      return { table: close(at + 1, true), swallowed: false };
    }
    if (scanner.atEnd) return unclosed(true);
    const startsLine = scanner.lineStart > end;
    if (code === Char.closeBracket && scanner.openArrays > 0) return unclosed(!startsLine);
    if (code === Char.comma) {
      if (!needsComma) scanner.error(at, at + 1, "A key and its value must stand before the comma");
      lastComma = { start: at, end: at + 1 };
      needsComma = false;
      end = ++scanner.position;
      continue;
    }
    const startsPair = atKey(scanner) || code === Char.equals;
    if (startsLine && startsPair && needsComma && !isIndentedMore(scanner, lineStart)) return unclosed(true);
    // An opening brace at the start of a line is the next row of an array.
    if (startsLine && !startsPair) return unclosed(code !== Char.openBrace);
    if (!startsPair) {
      end = skipNonsense(scanner);
      continue;
    }
    if (needsComma && !endsUnclosed(pairs.at(-1)?.value)) {
      scanner.error(at, at + 1, "A comma must stand before this key");
    }
    const pair = readPair(scanner, true);
    pairs.push(pair);
    end = pair.range.end;
    needsComma = true;
  }

  function unclosed(swallowed: boolean): { readonly table: InlineTable; readonly swallowed: boolean } {
    const last = pairs.at(-1)?.value;
    const blamed = endsUnclosed(last) && end === last?.range.end;
    if (start < from && !blamed && !scanner.tooDeep) scanner.error(start, from, 'This "{" is never closed');
    return { table: close(end, false), swallowed };
  }

  function close(at: number, terminated: boolean): InlineTable {
    const range = { start, end: at };
    return { kind: "inline-table", range, pairs, terminated, table: buildInlineTable(scanner, range, pairs) };
  }
}

function reportNewSyntax(scanner: Scanner, start: number, multiline: boolean, lastComma: Range | undefined): void {
  if (multiline) {
    const message = "An inline table over several lines is new in TOML 1.1; other readers of this file may refuse it";
    scanner.report("toml-1.1-feature", start, start + 1, message);
  } else if (lastComma !== undefined) {
    const message = "A comma after the last key is new in TOML 1.1; other readers of this file may refuse it";
    scanner.report("toml-1.1-feature", lastComma.start, lastComma.end, message);
  }
}
