import type { ArrayValue, Entry, EntryValue, Range, StringValue, TomlTable } from "../syntax/tree.js";

/** A text of the manifest and where its characters stand, without quotes. */
export interface Text {
  readonly value: string;
  readonly range: Range;
  /** Text behind the value that `range` covers too, as escapes leave no way to tell the two apart. */
  readonly suffix?: string;
}

/** The whole of a string. A lab has very many, and few are ever asked where they stand. */
class StringText implements Text {
  readonly #string: StringValue;

  constructor(string: StringValue) {
    this.#string = string;
  }

  get value(): string {
    return this.#string.value;
  }

  get range(): Range {
    return this.#string.contents;
  }
}

/** The table that a value is, whichever way it is written. */
export function tableOf(value: EntryValue | undefined): TomlTable | undefined {
  if (value?.kind === "table") return value;
  return value?.kind === "inline-table" ? value.table : undefined;
}

/** The rows of an array of tables, whichever way it is written. Items that are no tables are left out. */
export function rowsOf(value: EntryValue | undefined): readonly TomlTable[] {
  if (value?.kind === "table-array") return value.items;
  if (value?.kind !== "array") return [];
  const rows: TomlTable[] = [];
  for (const item of value.items) if (item.kind === "inline-table") rows.push(item.table);
  return rows;
}

export function arrayOf(value: EntryValue | undefined): ArrayValue | undefined {
  return value?.kind === "array" ? value : undefined;
}

export function textOf(value: EntryValue | undefined): Text | undefined {
  return value?.kind === "string" ? new StringText(value) : undefined;
}

const none: readonly never[] = [];

/** The strings of an array; other items are left out. */
export function textsOf(value: EntryValue | undefined): readonly Text[] {
  if (value?.kind !== "array") return none;
  const texts: Text[] = [];
  for (const item of value.items) {
    const text = textOf(item);
    if (text !== undefined) texts.push(text);
  }
  // Without the room that a list gets when it grows: every node keeps some.
  return texts.slice();
}

/** Short range to underline for a value: a table's name, an array's opening row, or the value itself. */
export function valueRange(entry: Entry): Range {
  const { value } = entry;
  if (value.kind === "table" || value.kind === "table-array") return entry.key.range;
  return value.range;
}

/** Range of a part of a string's text; the whole contents where escapes make the positions differ. */
export function partRange(value: StringValue, start: number, end: number): Range {
  const { contents } = value;
  if (contents.end - contents.start !== value.value.length) return contents;
  return { start: contents.start + start, end: contents.start + end };
}

/** Where a table is written: from its first to its last character in the first place where it stands. */
export function tableRange(table: TomlTable): Range {
  return table.ranges[0] ?? table.nameRange;
}

/** Whether an offset lies in a range or at one of its ends. */
export function touches(range: Range, offset: number): boolean {
  return range.start <= offset && offset <= range.end;
}
