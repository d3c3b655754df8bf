import { Char } from "./characters.js";
import { BooleanNode, DateTimeNode, FloatNode, IntegerNode, MissingNode, type ValueNode } from "./nodes.js";
import type { Scanner } from "./scanner.js";

const word = /[0-9A-Za-z_+.:-]+/y;
const spacedTime = /^\d{4}-\d\d-\d\d$/;
const timeAfterSpace = /[ ]\d\d:[0-9A-Za-z_+.:-]*/y;
const decimal = /^[+-]?(?:0|[1-9](?:_?\d)*)$/;
const prefixed = /^0(?:x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|o[0-7](?:_?[0-7])*|b[01](?:_?[01])*)$/;
const float = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const specialFloat = /^([+-]?)(inf|nan)$/;
const dateTime =
  /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(^|[Tt ])(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-](\d\d):(\d\d))?)?$/;
const numberLike = /^[+-]?[0-9.][0-9A-Za-z_+.:-]*$/;

const largest = 2n ** 63n - 1n;
const smallest = -(2n ** 63n);

/**
 * Reads a number, boolean or date-time, or what stands in its place.
 * @param nested whether a comma or a closing bracket ends it
 */
export function readScalar(scanner: Scanner, nested: boolean): ValueNode {
  const { text, position: start } = scanner;
  const integer = readPlainInteger(scanner);
  if (integer !== undefined) return integer;
  word.lastIndex = start;
  if (word.test(text)) {
    let end = word.lastIndex;
    if (text.charCodeAt(end) === Char.space && spacedTime.test(text.slice(start, end))) {
      timeAfterSpace.lastIndex = end;
      if (timeAfterSpace.test(text)) end = timeAfterSpace.lastIndex;
    }
    if (endsScalar(text.charCodeAt(end))) {
      const value = classify(scanner, start, end);
      if (value !== undefined) {
        scanner.position = end;
        return value;
      }
    }
  }
  return readNonsense(scanner, nested);
}

/** Reads the most common of all scalars: a few digits. Anything else is undefined and moves nothing. */
function readPlainInteger(scanner: Scanner): IntegerNode | undefined {
  const { text, position: start } = scanner;
  let end = start;
  let value = 0;
  for (let code = text.charCodeAt(end); code >= 0x30 && code <= 0x39; code = text.charCodeAt(++end)) {
    value = value * 10 + code - 0x30;
  }
  const leadingZero = end - start > 1 && text.charCodeAt(start) === 0x30;
  if (end === start || end - start > 15 || leadingZero || !endsScalar(text.charCodeAt(end))) return undefined;
  scanner.position = end;
  return new IntegerNode(scanner.anchor, start, end, value);
}

/** Whether a text is a value by itself, so that it cannot be told from a key without quotes. */
export function isScalarText(text: string): boolean {
  return (
    text === "true" ||
    text === "false" ||
    decimal.test(text) ||
    prefixed.test(text) ||
    float.test(text) ||
    specialFloat.test(text) ||
    (text !== "" && dateTime.test(text))
  );
}

function endsScalar(code: number): boolean {
  return (
    Number.isNaN(code) ||
    code === Char.space ||
    code === Char.tab ||
    code === Char.lineFeed ||
    code === Char.carriageReturn ||
    code === Char.comma ||
    code === Char.closeBracket ||
    code === Char.closeBrace ||
    code === Char.hash
  );
}

function classify(scanner: Scanner, start: number, end: number): ValueNode | undefined {
  const text = scanner.text.slice(start, end);
  if (text === "true" || text === "false") return new BooleanNode(scanner.anchor, start, end, text === "true");
  if (decimal.test(text)) {
    const value = BigInt(text.replace(/[_+]/g, ""));
    checkInteger(scanner, start, end, value);
    return new IntegerNode(scanner.anchor, start, end, value);
  }
  if (float.test(text)) return new FloatNode(scanner.anchor, start, end, Number(text.replaceAll("_", "")));
  if (prefixed.test(text)) {
    const value = BigInt(text.replaceAll("_", ""));
    checkInteger(scanner, start, end, value);
    return new IntegerNode(scanner.anchor, start, end, value);
  }
  const special = specialFloat.exec(text);
  if (special !== null) {
    const value = special[2] === "inf" ? Infinity : NaN;
    return new FloatNode(scanner.anchor, start, end, special[1] === "-" ? -value : value);
  }
  return readDateTime(scanner, start, text);
}

function checkInteger(scanner: Scanner, start: number, end: number, value: bigint): void {
  if (value > largest || value < smallest) {
    scanner.error(start, end, "Integers must fit into 64 bits: -9223372036854775808 to 9223372036854775807");
  }
}

function readDateTime(scanner: Scanner, start: number, text: string): DateTimeNode | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, separator, hour, minute, second, offset, offsetHour, offsetMinute] = match;
  const dated = year !== undefined;
  const timed = hour !== undefined;
  // An offset belongs to a date and a time; a date and a time need a separator.
  if (timed && (dated ? separator === "" : offset !== undefined)) return undefined;
  const end = start + text.length;
  const days = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  if (dated && (Number(month) < 1 || Number(month) > 12)) scanner.error(start, end, "There is no such month");
  else if (dated && (Number(day) < 1 || Number(day) > days)) scanner.error(start, end, "There is no such day");
  else if (timed && (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60)) {
    scanner.error(start, end, "There is no such time of day");
  } else if (Number(offsetHour ?? 0) > 23 || Number(offsetMinute ?? 0) > 59) {
    scanner.error(start, end, "There is no such time zone");
  } else if (timed && second === undefined) {
    const message = "A time without seconds is new in TOML 1.1; other readers of this file may refuse it";
    scanner.report("toml-1.1-feature", start, end, message);
  }
  const variety = !dated ? "time" : !timed ? "date" : offset === undefined ? "local" : "offset";
  return new DateTimeNode(scanner.anchor, start, end, variety, text);
}

/** Text that is no value: a word without quotes, most often. It is covered by a missing value. */
function readNonsense(scanner: Scanner, nested: boolean): ValueNode {
  const { text, position: start } = scanner;
  let end = start;
  for (const limit = scanner.lineEnd(start); end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === Char.hash) break;
    if (nested && (code === Char.comma || code === Char.closeBracket || code === Char.closeBrace)) break;
  }
  scanner.position = Math.max(end, start + 1);
  const found = text.slice(start, end).trimEnd();
  end = start + Math.max(1, found.length);
  scanner.error(start, end, describe(found));
  return new MissingNode(scanner.anchor, start, end);
}

function describe(found: string): string {
  if (/^(true|false)$/i.test(found)) return `Write ${found.toLowerCase()} in small letters`;
  if (numberLike.test(found)) return `${found} is not a number; text needs quotes`;
  return "This is not a value; text needs quotes";
}
