import type { Analysis } from "../analysis.js";
import { touches } from "../model/access.js";
import type { DottedKey, Range, Value } from "../syntax/index.js";

/** What the cursor is in, from the innermost to the whole text, each range holding the one before it. */
export function selectionRanges({ syntax }: Analysis, offset: number): readonly Range[] {
  const ranges: Range[] = [{ start: 0, end: syntax.text.length }];
  const { statements } = syntax;
  const index = statements.findLastIndex(({ range }) => range.start <= offset);
  const header = statements.findLastIndex(({ kind }, at) => at <= index && kind === "table-header");
  if (header >= 0) {
    const next = statements.findIndex(({ kind }, at) => at > header && kind === "table-header");
    const last = statements[next < 0 ? statements.length - 1 : next - 1];
    const start = statements[header]?.range.start ?? 0;
    ranges.push({ start, end: last?.range.end ?? start });
  }
  const statement = statements[index];
  if (statement !== undefined && touches(statement.range, offset)) {
    ranges.push(statement.range);
    addKey(statement.key, offset, ranges);
    if (statement.kind === "key-value") addValue(statement.value, offset, ranges);
  }
  return nested(ranges, offset).reverse();
}

function addKey(key: DottedKey, offset: number, ranges: Range[]): void {
  if (!touches(key.range, offset)) return;
  ranges.push(key.range);
  const part = key.parts.find(({ range }) => touches(range, offset));
  if (part !== undefined) ranges.push(part.range);
}

function addValue(value: Value, offset: number, ranges: Range[]): void {
  if (!touches(value.range, offset)) return;
  ranges.push(value.range);
  if (value.kind === "string") ranges.push(value.contents);
  else if (value.kind === "array") {
    const item = value.items.find(({ range }) => touches(range, offset));
    if (item !== undefined) addValue(item, offset, ranges);
  } else if (value.kind === "inline-table") {
    const pair = value.pairs.find(({ range }) => touches(range, offset));
    if (pair === undefined) return;
    ranges.push(pair.range);
    addKey(pair.key, offset, ranges);
    addValue(pair.value, offset, ranges);
  }
}

/** Leaves out what does not lie within the one before, does not hold the cursor, or says the same again. */
function nested(ranges: readonly Range[], offset: number): Range[] {
  const result: Range[] = [];
  for (const range of ranges) {
    const outer = result.at(-1);
    const within = outer === undefined || (outer.start <= range.start && range.end <= outer.end);
    const same = outer?.start === range.start && outer.end === range.end;
    if (within && !same && touches(range, offset)) result.push(range);
  }
  return result;
}
