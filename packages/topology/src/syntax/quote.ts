import { isBareKey } from "./characters.js";
import type { StringValue } from "./tree.js";

const escapes: ReadonlyMap<string, string> = new Map([
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ['"', '\\"'],
  ["\\", "\\\\"],
]);
const needsEscape = new RegExp(String.raw`["\\\0-\x1f\x7f]`, "g");

/** Writes a text as a basic string, with quotes. */
export function quoteString(text: string): string {
  const escaped = text.replace(
    needsEscape,
    (character) => escapes.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `"${escaped}"`;
}

/** Writes a text as one part of a key, with quotes only where they are needed. */
export function quoteKey(text: string): string {
  return isBareKey(text) ? text : quoteString(text);
}

/** Writes a text in the kind of quotes of another one, where those can hold it. */
export function quoteLike({ style }: Pick<StringValue, "style">, text: string): string {
  return style === "literal" && !/['\p{Cc}]/u.test(text) ? `'${text}'` : quoteString(text);
}
