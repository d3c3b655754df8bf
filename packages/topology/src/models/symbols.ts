import type { OutlineSymbol } from "../features/shapes.js";
import { rowsOf, tableOf, textOf } from "../model/access.js";
import type { Entry, Range, TomlTable } from "../syntax/index.js";
import type { ModelAnalysis } from "./read-model-files.js";

const LONGEST_DETAIL = 60;

/** The outline of a model file: its tables with their keys and rows, each key with its value where that is short. */
export function modelSymbols({ source }: ModelAnalysis): readonly OutlineSymbol[] {
  return keysOf(source.syntax.root, source.text);
}

function keysOf(table: TomlTable, text: string): readonly OutlineSymbol[] {
  return [...table.entries]
    .filter(([name]) => name !== "")
    .map(([name, entry]) => keySymbol(name, entry, text))
    .sort((a, b) => a.range.start - b.range.start);
}

function keySymbol(name: string, entry: Entry, text: string): OutlineSymbol {
  const { key, value, pair } = entry;
  const table = tableOf(value);
  const rows = rowsOf(value);
  const own = pair === undefined ? (table?.ranges ?? []) : [pair.range];
  if (table !== undefined) return tableSymbol(name, "", key.range, own, keysOf(table, text));
  if (rows.length > 0) {
    const children = rows.map((row, index) => {
      const named = textOf(row.entries.get("name")?.value);
      const title = named === undefined || named.value === "" ? `${name} ${index + 1}` : named.value;
      return tableSymbol(title, "", row.nameRange, row.ranges, keysOf(row, text));
    });
    return tableSymbol(name, String(rows.length), key.range, own, children);
  }
  const written = pair === undefined ? "" : text.slice(pair.value.range.start, pair.value.range.end);
  const detail = written.includes("\n") || written.length > LONGEST_DETAIL ? "" : written;
  return { name, detail, kind: "key", range: around([key.range, ...own]), selectionRange: key.range, children: [] };
}

/** Tables that are written in several places reach from the first to the last of them. */
function tableSymbol(
  name: string,
  detail: string,
  selectionRange: Range,
  own: readonly Range[],
  children: readonly OutlineSymbol[],
): OutlineSymbol {
  const range = around([selectionRange, ...own, ...children.map((child) => child.range)]);
  return { name, detail, kind: "section", range, selectionRange, children };
}

function around(ranges: readonly Range[]): Range {
  return { start: Math.min(...ranges.map(({ start }) => start)), end: Math.max(...ranges.map(({ end }) => end)) };
}
