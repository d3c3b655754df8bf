import type {
  ArrayValue,
  DottedKey,
  InlineTable,
  KeyValue,
  TableHeader,
  TomlDocument,
  Value,
} from "../syntax/index.js";
import type { BlankEdit } from "./blank-edit.js";
import { soundStatements } from "./sound.js";

/** Blanks between the parts of a statement: around equals signs, commas, dots, and inside brackets. */
export function spacingEdits(document: TomlDocument): BlankEdit[] {
  const { text } = document;
  const edits: BlankEdit[] = [];

  /** Replaces the blanks between two offsets; what holds more than blanks and one comma is left alone. */
  function space(start: number, end: number, newText: string): void {
    if (/^[ \t]*$/.test(text.slice(start, end))) edits.push({ range: { start, end }, newText });
  }

  function spaceComma(start: number, end: number): void {
    if (/^[ \t]*,[ \t]*$/.test(text.slice(start, end))) edits.push({ range: { start, end }, newText: ", " });
  }

  function addKey({ parts }: DottedKey): void {
    let previous: number | undefined;
    for (const { range } of parts) {
      const gap = previous === undefined ? "" : text.slice(previous, range.start);
      if (previous !== undefined && /^[ \t]*\.[ \t]*$/.test(gap)) {
        edits.push({ range: { start: previous, end: range.start }, newText: "." });
      }
      previous = range.end;
    }
  }

  function addPair({ key, equals, value }: KeyValue): void {
    addKey(key);
    if (equals === undefined) return;
    space(key.range.end, equals.start, " ");
    space(equals.end, value.range.start, " ");
    addValue(value);
  }

  function addValue(value: Value): void {
    if (value.kind === "array") addArray(value);
    if (value.kind === "inline-table") addInlineTable(value);
  }

  function addArray({ range, items }: ArrayValue): void {
    addList(
      range.start + 1,
      items.map((item) => item.range),
      range.end - 1,
      "",
    );
    items.forEach(addValue);
  }

  function addInlineTable({ range, pairs }: InlineTable): void {
    addList(
      range.start + 1,
      pairs.map((pair) => pair.range),
      range.end - 1,
      pairs.length === 0 ? "" : " ",
    );
    pairs.forEach(addPair);
  }

  /** Gaps of a list whose brackets end at `start` and begin at `end`; `inner` stands inside the brackets. */
  function addList(start: number, items: readonly { start: number; end: number }[], end: number, inner: string): void {
    let previous: number | undefined;
    for (const item of items) {
      if (previous === undefined) space(start, item.start, inner);
      else spaceComma(previous, item.start);
      previous = item.end;
    }
    const last = previous ?? start;
    space(last, end, inner);
    if (/^[ \t]*,[ \t]*$/.test(text.slice(last, end)))
      edits.push({ range: { start: last, end }, newText: `,${inner}` });
  }

  function addHeader({ range, key, array }: TableHeader): void {
    const width = array ? 2 : 1;
    space(range.start + width, key.range.start, "");
    addKey(key);
    space(key.range.end, range.end - width, "");
  }

  for (const statement of soundStatements(document)) {
    if (statement.kind === "table-header") addHeader(statement);
    else addPair(statement);
  }
  return edits;
}
