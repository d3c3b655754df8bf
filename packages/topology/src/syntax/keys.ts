import { Char, isBareKeyCode } from "./characters.js";
import { DottedKeyNode, KeyPartNode } from "./nodes.js";
import { maxDepth, type Scanner } from "./scanner.js";
import { readString } from "./strings.js";

/** Whether a key can start at the position: a bare or a quoted one, but no multi-line string. */
export function atKey(scanner: Scanner): boolean {
  const code = scanner.code;
  if (isBareKeyCode(code)) return true;
  if (code !== Char.doubleQuote && code !== Char.singleQuote) return false;
  const { text, position } = scanner;
  return !(text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === code);
}

/** Reads a key. A part that is not there is empty and has no width, and is reported. */
export function readKey(scanner: Scanner): KeyPartNode | DottedKeyNode {
  const first = readPart(scanner);
  return isDotted(scanner) ? readMoreParts(scanner, first) : first;
}

function readMoreParts(scanner: Scanner, first: KeyPartNode): DottedKeyNode {
  const parts = [first];
  let refused = false;
  let { end } = first;
  while (isDotted(scanner)) {
    scanner.skipBlanks();
    const dot = scanner.position++;
    scanner.skipBlanks();
    if (!atKey(scanner)) {
      scanner.error(dot, dot + 1, "A key must follow the dot");
      end = scanner.position = dot + 1;
      parts.push(new KeyPartNode(scanner.anchor, end, end, ""));
      break;
    }
    const part = readPart(scanner);
    end = part.end;
    if (parts.length < maxDepth) parts.push(part);
    else if (!refused) {
      refused = true;
      scanner.error(part.start, part.end, `A key cannot have more than ${maxDepth} parts`);
    }
  }
  return new DottedKeyNode(scanner.anchor, first.start, end, parts);
}

/** Whether a dot follows; the position stays. */
function isDotted(scanner: Scanner): boolean {
  const { position } = scanner;
  scanner.skipBlanks();
  const dotted = scanner.code === Char.dot;
  scanner.position = position;
  return dotted;
}

function readPart(scanner: Scanner): KeyPartNode {
  const { text, position: start } = scanner;
  if (!atKey(scanner)) return new KeyPartNode(scanner.anchor, start, start, "");
  if (!isBareKeyCode(scanner.code)) {
    const { end, value } = readString(scanner);
    return new KeyPartNode(scanner.anchor, start, end, value);
  }
  let end = start + 1;
  while (isBareKeyCode(text.charCodeAt(end))) end++;
  scanner.position = end;
  return new KeyPartNode(scanner.anchor, start, end, scanner.word(start, end));
}
