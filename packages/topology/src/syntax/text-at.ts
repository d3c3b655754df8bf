import type { Range, TomlDocument } from "./tree.js";

/** The characters that a range of a document covers. */
export function textAt({ text, base }: TomlDocument, { start, end }: Range): string {
  return text.slice(start - base, end - base);
}
