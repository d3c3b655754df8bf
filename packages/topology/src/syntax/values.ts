import { Char } from "./characters.js";
import { atKey, readKey } from "./keys.js";
import { ArrayNode, InlineTableNode, MissingNode, noEquals, PairNode, type ValueNode } from "./nodes.js";
import { RowPiece } from "./pieces.js";
import { endsRow, endsUnclosed, isIndentedMore, skipNonsense, statementAt } from "./recovery.js";
import { readScalar } from "./scalars.js";
import { maxDepth, type Scanner } from "./scanner.js";
import { readString } from "./strings.js";
import { resolvePairs } from "./tables.js";

/** Reads `key = value`, in a table or in an inline table. There is at least the start of a key, or an equals sign. */
export function readPair(scanner: Scanner, nested: boolean): PairNode {
  const key = readKey(scanner);
  scanner.skipBlanks();
  let gap: number = noEquals;
  let value: ValueNode;
  if (scanner.code === Char.equals) {
    gap = scanner.position - key.end;
    value = readAssigned(scanner, key, nested);
  } else {
    scanner.position = key.end;
    scanner.error(key.start, key.end, "This key has no value: write = and a value after it");
    value = new MissingNode(scanner.anchor, key.end, key.end);
  }
  return new PairNode(key, gap, value);
}

/** Reads the equals sign at the position and the value behind it. */
function readAssigned(scanner: Scanner, key: PairNode["key"], nested: boolean): ValueNode {
  const equals = scanner.position++;
  if (key.start === key.end) scanner.error(equals, equals + 1, "A key must stand before the equals sign");
  scanner.skipBlanks();
  const levels = key.parts.length;
  scanner.depth += levels;
  const value = readValue(scanner, nested);
  scanner.depth -= levels;
  if (value.kind === "missing" && value.start === value.end) {
    scanner.error(equals, equals + 1, "A value must follow the equals sign");
  }
  return value;
}

/** Reads a value. Where there is none, the result is a missing value without width, and no error is reported. */
function readValue(scanner: Scanner, nested: boolean): ValueNode {
  if (scanner.atLineEnd()) return missing(scanner);
  switch (scanner.code) {
    case Char.doubleQuote:
    case Char.singleQuote:
      return readString(scanner);
    case Char.openBracket:
    case Char.openBrace:
      return readNested(scanner);
    case Char.hash:
      return missing(scanner);
    case Char.comma:
    case Char.closeBracket:
    case Char.closeBrace:
      return nested ? missing(scanner) : readScalar(scanner, nested);
    default:
      return readScalar(scanner, nested);
  }
}

function missing({ anchor, position }: Scanner): MissingNode {
  return new MissingNode(anchor, position, position);
}

function readNested(scanner: Scanner): ValueNode {
  const start = scanner.position;
  if (scanner.depth >= maxDepth) {
    scanner.error(start, start + 1, `Values are nested too deeply: more than ${maxDepth} levels`);
    scanner.tooDeep = true;
    scanner.skipLine();
    return new MissingNode(scanner.anchor, start, scanner.position);
  }
  scanner.depth++;
  let value: ValueNode;
  if (scanner.code === Char.openBracket) {
    scanner.openArrays++;
    value = readItems(scanner, start, ++scanner.position);
    scanner.openArrays--;
  } else {
    scanner.openTables++;
    value = scanner.anchor === scanner.top ? readRow(scanner) : readInlineTable(scanner);
    scanner.openTables--;
  }
  scanner.depth--;
  return value;
}

/**
 * Reads the items of an array, up to its closing bracket or to a line that can only be a new statement.
 * @param start where the array starts; less than `from` when it has an opening bracket
 */
export function readItems(scanner: Scanner, start: number, from: number): ArrayNode {
  const { lineStart } = scanner;
  const items: ValueNode[] = [];
  let end = from;
  let needsComma = false;
  for (;;) {
    scanner.skipBlanks();
    if (scanner.isBarred(start)) return unclosedArray(scanner, { start, from, end }, items);
    scanner.skipTrivia();
    const { code, position: at } = scanner;
    if (code === Char.closeBracket) {
      scanner.position++;
      return new ArrayNode(scanner.anchor, start, at + 1, items.slice(), true);
    }
    if (scanner.atEnd || (code === Char.closeBrace && scanner.openTables > 0))
      return unclosedArray(scanner, { start, from, end }, items);
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
    const orphan = statement === "pair" && (isIndentedMore(scanner, lineStart) || endsRow(scanner));
    if (statement !== undefined && !orphan) return unclosedArray(scanner, { start, from, end }, items);
    if (needsComma && !endsUnclosed(items.at(-1))) scanner.error(at, at + 1, "A comma must stand before this value");
    const item = orphan ? readOrphanedPairs(scanner) : readValue(scanner, true);
    items.push(item);
    end = item.end;
    needsComma = true;
  }
}

/** Where an array or inline table starts, where its contents start, and where what was read of it ends. */
interface Extent {
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

/** What was read of an array that lacks its closing bracket. */
function unclosedArray(scanner: Scanner, extent: Extent, items: readonly ValueNode[]): ArrayNode {
  reportUnclosed(scanner, "[", extent, items.at(-1));
  return new ArrayNode(scanner.anchor, extent.start, extent.end, items.slice(), false);
}

/** Blames an opener for its missing end, unless an unclosed value inside ended at the same place: then that one is to blame. */
function reportUnclosed(
  scanner: Scanner,
  opener: "[" | "{",
  { start, from, end }: Extent,
  last: ValueNode | undefined,
): void {
  const blamed = endsUnclosed(last) && end === last?.end;
  if (start < from && !blamed && !scanner.tooDeep) scanner.error(start, from, `This "${opener}" is never closed`);
}

/** Reads the pairs of an inline table over several lines that lacks its opening brace. */
function readOrphanedPairs(scanner: Scanner): InlineTableNode {
  const start = scanner.position;
  scanner.error(start, scanner.lineEnd(start), 'These keys need a "{" before them');
  scanner.openTables++;
  const table = readPairs(scanner, start, start, false);
  scanner.openTables--;
  return table;
}

/** Reads an inline table as a piece of its own, or takes it over from an earlier text. */
function readRow(scanner: Scanner): InlineTableNode {
  const { position: start, depth, errors, comments } = scanner;
  const known = scanner.unchanged?.takeRow(start, depth);
  if (known?.row !== undefined) {
    scanner.pieces.push(known);
    scanner.position = known.row.end;
    return known.row;
  }
  const piece = new RowPiece(start, depth);
  const found = errors.length + comments.length;
  scanner.pieces.push(piece);
  scanner.anchor = piece.anchor;
  const row = readInlineTable(scanner);
  scanner.anchor = scanner.top;
  const isPlain = errors.length + comments.length === found;
  if (row.terminated && isPlain && !scanner.distrustsClosers) piece.row = row;
  return row;
}

/**
 * Reads an inline table. It may span lines (new in TOML 1.1); when it then never finds its closing brace it is taken to be
 * one of a single line, so that the lines after it are not lost.
 */
function readInlineTable(scanner: Scanner): InlineTableNode {
  const start = scanner.position;
  const before = scanner.mark();
  const barred = scanner.mustEndOnLine(start);
  scanner.position++;
  const table = readPairs(scanner, start, scanner.position, barred);
  if (table.terminated || barred || !scanner.swallowed) return table;
  if (!scanner.mayReread || scanner.position <= scanner.lineEnd(start)) return table;
  scanner.rereadOnOneLine(before);
  scanner.position++;
  return readPairs(scanner, start, scanner.position, true);
}

/**
 * Reads the pairs of an inline table up to its closing brace.
 * @param start where the table starts; less than `from` when it has an opening brace
 */
function readPairs(scanner: Scanner, start: number, from: number, singleLine: boolean): InlineTableNode {
  const { lineStart } = scanner;
  const pairs: PairNode[] = [];
  let end = from;
  let multiline = false;
  let needsComma = false;
  let lastComma: number | undefined;
  for (;;) {
    scanner.skipBlanks();
    if (scanner.atLineEnd() || scanner.code === Char.hash) {
      if (singleLine || scanner.isBarred(start)) return unclosedTable(scanner, { start, from, end }, pairs, false);
      multiline = true;
      scanner.skipTrivia();
    }
    const { code, position: at } = scanner;
    if (code === Char.closeBrace) {
      scanner.position++;
      if (start < from) reportNewSyntax(scanner, start, multiline, needsComma ? undefined : lastComma);
      return new InlineTableNode(scanner.anchor, start, at + 1, pairs.slice(), true, resolvePairs(scanner, pairs));
    }
    if (scanner.atEnd) return unclosedTable(scanner, { start, from, end }, pairs, true);
    const startsLine = scanner.lineStart > end;
    if (code === Char.closeBracket && scanner.openArrays > 0)
      return unclosedTable(scanner, { start, from, end }, pairs, !startsLine);
    if (code === Char.comma) {
      if (!needsComma) scanner.error(at, at + 1, "A key and its value must stand before the comma");
      lastComma = at;
      needsComma = false;
      end = ++scanner.position;
      continue;
    }
    const startsPair = atKey(scanner) || code === Char.equals;
    if (startsLine && startsPair && needsComma && !isIndentedMore(scanner, lineStart))
      return unclosedTable(scanner, { start, from, end }, pairs, true);
    // An opening brace at the start of a line is the next row of an array.
    if (startsLine && !startsPair) return unclosedTable(scanner, { start, from, end }, pairs, code !== Char.openBrace);
    if (!startsPair) {
      end = skipNonsense(scanner);
      continue;
    }
    if (needsComma && !endsUnclosed(pairs.at(-1)?.value)) {
      scanner.error(at, at + 1, "A comma must stand before this key");
    }
    const pair = readPair(scanner, true);
    pairs.push(pair);
    end = pair.end;
    needsComma = true;
  }
}

/** What was read of an inline table that lacks its closing brace. */
function unclosedTable(
  scanner: Scanner,
  extent: Extent,
  pairs: readonly PairNode[],
  swallowed: boolean,
): InlineTableNode {
  scanner.swallowed = swallowed;
  reportUnclosed(scanner, "{", extent, pairs.at(-1)?.value);
  return new InlineTableNode(
    scanner.anchor,
    extent.start,
    extent.end,
    pairs.slice(),
    false,
    resolvePairs(scanner, pairs),
  );
}

function reportNewSyntax(scanner: Scanner, start: number, multiline: boolean, lastComma: number | undefined): void {
  if (multiline) {
    const message = "An inline table over several lines is new in TOML 1.1; other readers of this file may refuse it";
    scanner.report("toml-1.1-feature", start, start + 1, message);
  } else if (lastComma !== undefined) {
    const message = "A comma after the last key is new in TOML 1.1; other readers of this file may refuse it";
    scanner.report("toml-1.1-feature", lastComma, lastComma + 1, message);
  }
}
