import { resolveHeader, type Path } from "./path.js";
import { textAt } from "./ranges.js";
import type {
  ArrayValue,
  DottedKey,
  InlineTable,
  KeyValue,
  Range,
  Statement,
  TableHeader,
  TomlDocument,
  TomlTable,
  Value,
} from "./tree.js";

interface InTable {
  /** From the root to the innermost table around the cursor: keys, and positions in arrays from 0. */
  readonly tablePath: Path;
  /** Absent where that table could not be opened (its header is empty or in conflict with another key). */
  readonly table?: TomlTable;
  /** The statement that the cursor is in, or on whose last line it stands. */
  readonly statement?: Statement;
  /** What a completion replaces: the key part, the whole value with its quotes, or nothing (no width, at the cursor). */
  readonly range: Range;
}

/** In a comment, or where nothing can be written but the end of the line, a comma or an equals sign. */
export interface CursorNowhere extends InTable {
  readonly kind: "comment" | "none";
}

/** In the key of a table header. */
export interface CursorInHeader extends InTable {
  readonly kind: "header";
  readonly header: TableHeader;
  /** Index of the key part. */
  readonly part: number;
}

/** Where a key is, or may be, written: in a statement, on an empty line, in an inline table. */
export interface CursorInKey extends InTable {
  readonly kind: "key";
  /** The pair whose key it is; absent where none is written yet. */
  readonly pair?: KeyValue;
  /** Index of the key part; 0 where none is written yet. */
  readonly part: number;
}

/** Where a value is, or may be, written: after an equals sign or in an array. */
export interface CursorInValue extends InTable {
  readonly kind: "value";
  /** The innermost pair around the value. */
  readonly pair: KeyValue;
  /** Innermost value; absent between the items of an array. A missing one has no width, or covers text that is no value. */
  readonly value?: Value;
  /** From the root to the value: `tablePath`, the parts of the pair's key, and positions in arrays from 0. */
  readonly path: Path;
}

export type Cursor = CursorNowhere | CursorInHeader | CursorInKey | CursorInValue;

/** What the cursor at an offset is in, also in half-typed text. */
export function cursorAt(document: TomlDocument, offset: number): Cursor {
  const index = lastStartingBefore(document.statements, offset);
  const nearest = document.statements[index];
  const statement = nearest !== undefined && reaches(document, nearest, offset) ? nearest : undefined;
  const section = sectionAt(document, index, statement);
  const here: InTable = { ...section, ...(statement && { statement }), range: { start: offset, end: offset } };
  if (isInComment(document, offset)) return { ...here, kind: "comment" };
  if (statement === undefined) return { ...here, kind: "key", part: 0 };
  if (statement.kind === "key-value") return inPair(document, here, statement, offset);
  const { key } = statement;
  if (offset <= statement.range.start || offset > Math.max(key.range.end, blanksEnd(document, key.range.end))) {
    return { ...here, kind: "none" };
  }
  return { ...here, kind: "header", header: statement, ...partAt(key, offset) };
}

/** Index of the last statement that starts at or before an offset; -1 before the first one. */
export function lastStartingBefore(statements: readonly Statement[], offset: number): number {
  let low = -1;
  let high = statements.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((statements[middle]?.range.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether an offset behind the start of a statement is in it or on its last line. An open array reaches to the next statement. */
function reaches(document: TomlDocument, statement: Statement, offset: number): boolean {
  if (offset <= statement.range.end) return true;
  if (statement.kind === "key-value" && statement.value.kind === "array" && isOpen(statement.value)) return true;
  const lineEnd = document.text.indexOf("\n", statement.range.end - document.base);
  return lineEnd === -1 || offset <= lineEnd + document.base;
}

function isOpen(value: Value): boolean {
  return (value.kind === "array" || value.kind === "inline-table") && !value.terminated;
}

function sectionAt(
  document: TomlDocument,
  index: number,
  statement: Statement | undefined,
): { readonly tablePath: Path; readonly table?: TomlTable } {
  // On a header itself the table around the cursor is the document.
  if (statement?.kind === "table-header") return { tablePath: [], table: document.root };
  for (let at = index; at >= 0; at--) {
    const candidate = document.statements[at];
    if (candidate?.kind === "table-header") {
      const { path, table } = resolveHeader(document.root, candidate);
      return { tablePath: path, ...(table && { table }) };
    }
  }
  return { tablePath: [], table: document.root };
}

function isInComment(document: TomlDocument, offset: number): boolean {
  let low = 0;
  let high = document.comments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((document.comments[middle]?.end ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  const comment = document.comments[low];
  return comment !== undefined && comment.start < offset;
}

function blanksEnd({ text, base }: TomlDocument, from: number): number {
  let at = from - base;
  while (text.charAt(at) === " " || text.charAt(at) === "\t") at++;
  return at + base;
}

function partAt(key: DottedKey, offset: number): { readonly part: number; readonly range: Range } {
  let part = key.parts.findIndex(({ range }) => offset <= range.end);
  if (part === -1) part = key.parts.length - 1;
  const range = key.parts[part]?.range ?? key.range;
  const touches = offset >= range.start && offset <= range.end;
  return { part, range: touches ? range : { start: offset, end: offset } };
}

function inPair(document: TomlDocument, here: InTable, pair: KeyValue, offset: number): Cursor {
  const { key, equals } = pair;
  if (offset <= key.range.end || (equals !== undefined && offset <= equals.start)) {
    return { ...here, kind: "key", pair, ...partAt(key, offset) };
  }
  if (equals === undefined && pair.value.kind === "missing") return { ...here, kind: "none" };
  return inValue(document, here, pair, pair.value, [...here.tablePath, ...key.parts.map((part) => part.text)], offset);
}

function inValue(
  document: TomlDocument,
  here: InTable,
  pair: KeyValue,
  value: Value,
  path: Path,
  offset: number,
): Cursor {
  const { start, end } = value.range;
  if (offset > start && (offset < end || isOpen(value))) {
    if (value.kind === "array") return inArray(document, here, pair, value, path, offset);
    if (value.kind === "inline-table") return inInlineTable(document, here, value, path, offset);
  }
  if (offset > end && !(value.kind === "missing" && start === end)) return { ...here, kind: "none" };
  const touches = offset >= start && offset <= end;
  return { ...here, kind: "value", pair, value, path, ...(touches && { range: value.range }) };
}

function inArray(
  document: TomlDocument,
  here: InTable,
  pair: KeyValue,
  array: ArrayValue,
  path: Path,
  offset: number,
): Cursor {
  let index = array.items.findIndex((item) => offset <= item.range.end);
  if (index === -1) index = array.items.length;
  const item = array.items[index];
  if (item !== undefined && offset >= item.range.start)
    return inValue(document, here, pair, item, [...path, index], offset);
  const last = array.items[index - 1];
  const between = last === undefined ? "," : textAt(document, { start: last.range.end, end: offset });
  if (last !== undefined && !between.includes(",")) {
    // Behind an item that is not closed the cursor is still in it: on its line, or below it for an array.
    const onLine = !between.includes("\n");
    if (isOpen(last) && (last.kind === "array" || onLine))
      return inValue(document, here, pair, last, [...path, index - 1], offset);
    if (onLine) return { ...here, kind: "none" };
  }
  return { ...here, kind: "value", pair, path: [...path, index] };
}

function inInlineTable(document: TomlDocument, here: InTable, value: InlineTable, path: Path, offset: number): Cursor {
  const inner: InTable = { ...here, tablePath: path, table: value.table };
  const index = value.pairs.findIndex((candidate) => offset <= candidate.range.end);
  const next = value.pairs[index];
  if (next !== undefined && offset >= next.range.start) return inPair(document, inner, next, offset);
  const last = index === -1 ? value.pairs.at(-1) : value.pairs[index - 1];
  if (last === undefined || textAt(document, { start: last.range.end, end: offset }).includes(","))
    return { ...inner, kind: "key", part: 0 };
  return isOpen(last.value) || last.value.kind === "missing"
    ? inPair(document, inner, last, offset)
    : { ...inner, kind: "none" };
}
