import { Char, isBareKeyCode } from "./characters.js";
import { maxDepth, type Scanner } from "./scanner.js";
import { readString } from "./strings.js";
import type { DottedKey, KeyPart } from "./tree.js";

/** Whether a key can start at the position: a bare or a quoted one, but no multi-line string. */
export function atKey(scanner: Scanner): boolean {
  const code = scanner.code;
  if (isBareKeyCode(code)) return true;
  if (code !== Char.doubleQuote && code !== Char.singleQuote) return false;
  const { text, position } = scanner;
  return !(text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === code);
}

/** Reads a dotted key. A part that is not there is empty and has no width, and is reported. */
export function readKey(scanner: Scanner): DottedKey {
  const first = readPart(scanner);
  if (!isDotted(scanner)) return { range: first.range, parts: [first] };
  const parts = [first];
  let refused = false;
  let { end } = first.range;
  for (;;) {
    if (!isDotted(scanner)) break;
    scanner.skipBlanks();
    const dot = scanner.position++;
    scanner.skipBlanks();
    if (!atKey(scanner)) {
      scanner.error(dot, dot + 1, "A key must follow the dot");
      scanner.position = dot + 1;
      parts.push({ range: { start: dot + 1, end: dot + 1 }, text: "", quoted: false });
      end = dot + 1;
      break;
    }
    const part = readPart(scanner);
    end = part.range.end;
    if (parts.length < maxDepth) parts.push(part);
    else if (!refused) {
      refused = true;
      scanner.error(part.range.start, part.range.end, `A key cannot have more than ${maxDepth} parts`);
    }
  }
  return { range: { start: first.range.start, end }, parts };
}

/** Whether a dot follows; the position stays. */
function isDotted(scanner: Scanner): boolean {
  const { position } = scanner;
  scanner.skipBlanks();
  const dotted = scanner.code === Char.dot;
  scanner.position = position;
  return dotted;
}

function readPart(scanner: Scanner): KeyPart {
  const { text, position: start } = scanner;
  if (!atKey(scanner)) return { range: { start, end: start }, text: "", quoted: false };
  if (!isBareKeyCode(scanner.code)) {
    const { range, value } = readString(scanner);
    return { range, text: value, quoted: true };
  }
  let end = start + 1;
  while (isBareKeyCode(text.charCodeAt(end))) end++;
  scanner.position = end;
  return { range: { start, end }, text: text.slice(start, end), quoted: false };
}
