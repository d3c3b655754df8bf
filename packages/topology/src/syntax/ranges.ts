import type { Range, TomlDocument } from "./tree.js";

/** The characters that a range of a document covers. */
export function textAt({ text, base }: TomlDocument, { start, end }: Range): string {
  return text.slice(start - base, end - base);
}

/** Whether two ranges cover the same characters. A node makes its ranges anew each time, so they cannot be told by identity. */
export function sameRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}
