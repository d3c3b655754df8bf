import { quoteKey, textAt, valueAt, type InlineTable, type TomlDocument, type TomlTable } from "../syntax/index.js";
import type { Changes } from "./changes.js";
import { isBelow, lastLineOf, sectionsOf, type Section } from "./sections.js";
import { pairAt } from "./owner.js";

/** A key and the text of its value. */
export type NewPair = readonly [key: string, value: string];

/**
 * Adds keys that are not there yet to the table at a path, in the form in which it is written; a table that is not there is
 * opened. False where there is no sure place for them, as in a table whose end is not written yet.
 */
export function addPairs(
  document: TomlDocument,
  changes: Changes,
  path: readonly string[],
  pairs: readonly NewPair[],
): boolean {
  if (pairs.length === 0) return true;
  const value = valueAt(document.root, path);
  if (value === undefined) return addTable(document, changes, path, pairs);
  if (value.kind === "inline-table") return addInline(document, changes, value, pairs);
  return value.kind === "table" && addToTable(document, changes, value, path, pairs);
}

/** The same for a table that is at hand, such as a row. */
export function addToTable(
  document: TomlDocument,
  changes: Changes,
  table: TomlTable,
  path: readonly string[],
  pairs: readonly NewPair[],
): boolean {
  switch (table.form) {
    case "root":
    case "header":
    case "array-item":
      return addBelowHeader(document, changes, table, pairs);
    case "dotted":
      return addDotted(document, changes, table, pairs);
    case "implicit":
      return addTable(document, changes, path, pairs);
    case "inline":
      return false;
  }
}

export function writePair([key, value]: NewPair): string {
  return `${quoteKey(key)} = ${value}`;
}

export function addInline(
  document: TomlDocument,
  changes: Changes,
  { pairs: present, terminated, start }: InlineTable,
  pairs: readonly NewPair[],
): boolean {
  if (!terminated) return false;
  const last = present.at(-1);
  if (last === undefined) {
    const gap = /^\s*/.exec(document.text.slice(start + 1 - document.base))?.[0] ?? "";
    const text = pairs.map(writePair).join(", ");
    if (gap.includes("\n")) return false;
    changes.replace({ start: start + 1, end: start + 1 + gap.length }, ` ${text} `);
    return true;
  }
  if (last.value.kind === "missing") return false;
  const separator = changes.separatorAt(last.start, "inline");
  changes.insert(last.end, pairs.map((pair) => separator + writePair(pair)).join(""));
  return true;
}

function addBelowHeader(
  document: TomlDocument,
  changes: Changes,
  table: TomlTable,
  pairs: readonly NewPair[],
): boolean {
  const sections = sectionsOf(document);
  const section =
    table.form === "root"
      ? sections[0]
      : sections.find(({ header }) => header !== undefined && table.ranges.some(({ start }) => start === header.start));
  if (section === undefined) return false;
  if (section.pairs.at(-1)?.value.kind === "missing") return false;
  const { header } = section;
  const indentation = changes.indentationAt(section.pairs.at(-1)?.start ?? header?.start ?? 0);
  const text = pairs.map((pair) => indentation + writePair(pair)).join(changes.lineBreak);
  if (header === undefined && section.pairs.length === 0) changes.insert(document.base, text + changes.lineBreak);
  else changes.insertLineBelow(section.end, text);
  return true;
}

/** Keys like `diagram.nodes.a`: the new ones stand below or behind the last one, and start as it does. */
function addDotted(document: TomlDocument, changes: Changes, table: TomlTable, pairs: readonly NewPair[]): boolean {
  const [first, last] = [table.ranges[0], table.ranges.at(-1)].map((range) => range && pairAt(document, range.start));
  if (first === undefined || last === undefined || last.pair.value.kind === "missing") return false;
  // All the keys that make the table stand in one place, and so have its name at the same part.
  const depth = first.pair.key.parts.findIndex((part) => part.start === table.nameRange.start);
  const { pair, owner } = last;
  const name = pair.key.parts[depth];
  if (name === undefined || owner?.terminated === false) return false;
  const prefix = textAt(document, { start: pair.start, end: name.end });
  const texts = pairs.map((each) => `${prefix}.${writePair(each)}`);
  if (owner === undefined) {
    const indentation = changes.indentationAt(pair.start);
    changes.insertLineBelow(pair.end, texts.map((text) => indentation + text).join(changes.lineBreak));
  } else {
    const separator = changes.separatorAt(pair.start, "inline");
    changes.insert(pair.end, texts.map((text) => separator + text).join(""));
  }
  return true;
}

/** Opens a table: within a parent that is a value, else under a header of its own. */
function addTable(
  document: TomlDocument,
  changes: Changes,
  path: readonly string[],
  pairs: readonly NewPair[],
): boolean {
  const parent = path.slice(0, -1);
  const around = valueAt(document.root, parent);
  const isValue = around?.kind === "inline-table" || (around?.kind === "table" && isInline(document, around));
  if (isValue)
    return addPairs(document, changes, parent, [[path.at(-1) ?? "", `{ ${pairs.map(writePair).join(", ")} }`]]);
  if (around !== undefined && around.kind !== "table") return false;
  return addSection(document, changes, path, [`[${path.map(quoteKey).join(".")}]`, ...pairs.map(writePair)]);
}

/** Whether a table is made by dotted keys within an inline table. */
function isInline(document: TomlDocument, { form, ranges: [range] }: TomlTable): boolean {
  return form === "dotted" && range !== undefined && pairAt(document, range.start)?.owner !== undefined;
}

/**
 * Puts lines under a header behind the sections of the nearest table around them, else at the end of the file.
 * @param path the way to the header's table; only its place in the file depends on it.
 */
export function addSection(
  document: TomlDocument,
  changes: Changes,
  path: readonly string[],
  lines: readonly string[],
): boolean {
  const sections = sectionsOf(document);
  const [root = ""] = path;
  const home =
    sections.findLast((section) => isBelow(section, path)) ?? sections.findLast((section) => isBelow(section, [root]));
  addSectionBelow(document, changes, home ?? sections.at(-1), lines);
  return true;
}

/** Puts lines below a section, set off by an empty line. */
export function addSectionBelow(
  document: TomlDocument,
  changes: Changes,
  section: Section | undefined,
  lines: readonly string[],
  gap = true,
): void {
  const text = lines.join(changes.lineBreak);
  const isEmpty = document.text.trim() === "";
  if (section === undefined || isEmpty) {
    const end = document.base + document.text.length;
    const start = document.text === "" || document.text.endsWith("\n") ? "" : changes.lineBreak;
    changes.insert(end, start + text + changes.lineBreak);
    return;
  }
  const below = section.header === undefined && section.pairs.length === 0 ? document.base : section.end;
  changes.insertLineBelow(lastLineOf(document, below), (gap ? changes.lineBreak : "") + text);
}
