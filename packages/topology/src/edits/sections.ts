import type { KeyValue, TableHeader, TomlDocument } from "../syntax/index.js";

/** A stretch of a file: a header with the pairs below it; the pairs above the first header have none. */
export interface Section {
  readonly header?: TableHeader;
  readonly pairs: readonly KeyValue[];
  /** Where the last of its statements ends; the start of the file where there is none. */
  readonly end: number;
}

/** A document does not change; a gesture on many rows asks for its sections with each. */
const known = new WeakMap<TomlDocument, readonly Section[]>();

/** The sections of a file in their order; the one without a header is the first, however empty. */
export function sectionsOf(document: TomlDocument): readonly Section[] {
  let sections = known.get(document);
  if (sections === undefined) known.set(document, (sections = split(document)));
  return sections;
}

function split({ statements, base }: TomlDocument): readonly Section[] {
  const sections: Section[] = [];
  let header: TableHeader | undefined;
  let pairs: KeyValue[] = [];
  const close = () => {
    const end = (pairs.at(-1) ?? header)?.end ?? base;
    sections.push({ ...(header !== undefined && { header }), pairs, end });
  };
  for (const statement of statements) {
    if (statement.kind === "key-value") pairs.push(statement);
    else {
      close();
      header = statement;
      pairs = [];
    }
  }
  close();
  return sections;
}

/** Whether a section stands below a key of the root: `[nodes.interfaces]` below `nodes`. */
export function isBelow({ header }: Section, path: readonly string[]): boolean {
  return header !== undefined && path.every((step, index) => header.key.parts[index]?.text === step);
}

/**
 * An offset on the last line that belongs to what ends at an offset: comments directly below it are its own, unless they run
 * up to the next statement without a blank line and so are that one's.
 */
export function lastLineOf({ text, base }: TomlDocument, end: number): number {
  let at = text.indexOf("\n", end - base);
  let last = end - base;
  while (at >= 0) {
    const next = text.indexOf("\n", at + 1);
    const line = text.slice(at + 1, next < 0 ? text.length : next);
    if (line.trim() === "") return last + base;
    if (!/^[ \t]*#/.test(line)) return end;
    last = at + 1;
    at = next;
  }
  return last + base;
}

/** Whether an empty line stands above the line of an offset, or above the comments that belong to it. */
export function isSetOff(document: TomlDocument, offset: number): boolean {
  const { text, base } = document;
  let start = startOfLine(text, offset - base);
  while (start > 0) {
    const above = startOfLine(text, start - 1);
    const line = text.slice(above, start);
    if (line.trim() === "") return true;
    if (!/^[ \t]*#/.test(line)) return false;
    start = above;
  }
  return false;
}

/** Where the empty lines start that end at the start of a line. */
export function emptyLinesAbove(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const above = startOfLine(text, start - 1);
    if (text.slice(above, start).trim() !== "") break;
    start = above;
  }
  return start;
}

/** Where the empty lines end that start at the start of a line. */
export function emptyLinesBelow(text: string, lineStart: number): number {
  let end = lineStart;
  while (end < text.length) {
    const feed = text.indexOf("\n", end);
    const next = feed < 0 ? text.length : feed + 1;
    if (text.slice(end, next).trim() !== "") break;
    end = next;
  }
  return end;
}

function startOfLine(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}
