import { valueAt, type ArrayValue, type KeyValue, type TomlDocument } from "../syntax/index.js";
import { addPairs, addSection, addSectionBelow, writePair, type NewPair } from "./add-pairs.js";
import type { Changes } from "./changes.js";
import { isBelow, isSetOff, lastLineOf, sectionsOf } from "./sections.js";

/** A row of a list of tables: its keys, or the row as it is written in the form of the list that takes it. */
export type NewRow = readonly NewPair[] | { readonly written: string };

/** A file to change, and its changes. */
interface File {
  readonly document: TomlDocument;
  readonly changes: Changes;
}

/**
 * Adds rows behind the last one of a list of tables, in the form in which its rows are written; a list that is not there is
 * begun in the form of its neighbours. False where there is no sure place for them.
 * @param path the way from the root to the list.
 */
export function addRows(file: File, path: readonly string[], rows: readonly NewRow[]): boolean {
  if (rows.length === 0) return true;
  const { document } = file;
  const list = valueAt(document.root, path);
  if (list === undefined) return beginList(file, path, rows);
  if (list.kind === "array") return addItems(file, list, rows.map(inlineText));
  return list.kind === "table-array" && addBlocks(file, path, rows);
}

/** Adds items behind the last one of an array. */
export function addItems(
  { document, changes }: File,
  { items, terminated, start, end }: ArrayValue,
  texts: readonly string[],
): boolean {
  if (!terminated) return false;
  const last = items.at(-1);
  const inside = (from: number) => document.text.slice(from - document.base, end - 1 - document.base);
  if (last === undefined) {
    const gap = inside(start + 1);
    if (!gap.includes("\n")) changes.replace({ start: start + 1, end: end - 1 }, padded(texts.join(", ")));
    else
      changes.insertLineBelow(
        lastLineOf(document, start),
        lines(`${changes.indentationAt(end - 1)}  `, texts, true, changes),
      );
    return true;
  }
  if (last.kind === "missing") return false;
  const rest = inside(last.end);
  const comma = /^[ \t]*,/.exec(rest)?.[0];
  const indentation = changes.indentationAt(last.start);
  const ownLine = indentation !== "" || changes.separatorAt(last.start, "inline") !== ", ";
  // Where the bracket stands behind the last row there is no line below it.
  const belowIsInside = /^[^\n]*\n/.test(rest);
  if (ownLine && belowIsInside) {
    if (comma === undefined) changes.insert(last.end, ",");
    changes.insertLineBelow(last.end, lines(indentation, texts, comma !== undefined, changes));
  } else {
    const separator = ownLine ? `,${changes.lineBreak}${indentation}` : ", ";
    changes.insert(last.end, texts.map((text) => separator + text).join(""));
  }
  return true;
}

/** A row has blanks around it, a text has not. */
function padded(text: string): string {
  return text.startsWith("{") ? ` ${text} ` : text;
}

function lines(indentation: string, texts: readonly string[], commaAtEnd: boolean, { lineBreak }: Changes): string {
  return texts.map((text) => indentation + text).join(`,${lineBreak}`) + (commaAtEnd ? "," : "");
}

/** Rows under headers: behind all that belongs to the last one, apart from it as the last one is from what stands above. */
function addBlocks({ document, changes }: File, path: readonly string[], rows: readonly NewRow[]): boolean {
  const sections = sectionsOf(document).filter((section) => isBelow(section, path));
  const home = sections.at(-1);
  const openers = sections.filter(({ header }) => header?.array === true && header.key.parts.length === path.length);
  const last = openers.at(-1);
  if (home === undefined || last?.header === undefined) return false;
  const gap = openers.length === 1 || isSetOff(document, last.header.start);
  const indentation = changes.indentationAt(last.header.start);
  const inner = last.pairs[0] === undefined ? indentation : changes.indentationAt(last.pairs[0].start);
  const blocks = rows.map((row) => blockLines(row, path, indentation, inner, changes));
  const between = gap ? [""] : [];
  const all = blocks.flatMap((block, index) => (index === 0 ? block : [...between, ...block]));
  addSectionBelow(document, changes, home, all, gap);
  return true;
}

function blockLines(
  row: NewRow,
  path: readonly string[],
  outer: string,
  inner: string,
  { lineBreak }: Changes,
): string[] {
  if ("written" in row) return row.written.split(lineBreak);
  return [`${outer}[[${path.join(".")}]]`, ...row.map((pair) => inner + writePair(pair))];
}

function inlineText(row: NewRow): string {
  return "written" in row ? row.written : `{ ${row.map(writePair).join(", ")} }`;
}

/** Lists of rows that stand beside one another at the top of a manifest. */
const neighbours = ["nodes", "devices", "links", "connections", "bridges"];

function beginList(file: File, path: readonly string[], rows: readonly NewRow[]): boolean {
  const { document, changes } = file;
  const [name = ""] = path;
  if (path.length > 1) {
    const around = valueAt(document.root, path.slice(0, -1));
    const value = `[${rows.map(inlineText).join(", ")}]`;
    if (around?.kind === "inline-table")
      return addPairs(document, changes, path.slice(0, -1), [[path.at(-1) ?? "", value]]);
    if (around !== undefined && around.kind !== "table") return false;
  } else {
    const neighbour = sectionsOf(document)[0]?.pairs.findLast(isListOfRows);
    if (neighbour !== undefined) {
      const texts = rows.map((row) => `  ${inlineText(row)},`);
      changes.insertLineBelow(
        lastLineOf(document, neighbour.end),
        ["", `${name} = [`, ...texts, "]"].slice(isSetOff(document, neighbour.start) ? 0 : 1).join(changes.lineBreak),
      );
      return true;
    }
  }
  const blocks = rows.map((row) => blockLines(row, path, "", "", changes));
  return addSection(
    document,
    changes,
    path,
    blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block])),
  );
}

function isListOfRows({ key, value }: KeyValue): boolean {
  return (
    key.parts.length === 1 &&
    neighbours.includes(key.parts[0]?.text ?? "") &&
    value.kind === "array" &&
    value.terminated
  );
}
