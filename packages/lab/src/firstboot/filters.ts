import type { TemplateFilter } from "@labscape/devices";

/** A value that a format cannot hold. The template's caller adds where it happened. */
export class UnwritableValueError extends Error {
  override readonly name = "UnwritableValueError";
}

/** Half a character of UTF-16. */
const LONE_SURROGATE = /\p{Cs}/u;

/** What templates escape values with; each gives text that means the value and nothing else in its format. */
export const filters: Readonly<Record<TemplateFilter, (value: unknown) => string>> = {
  json: (value) => {
    refuseMissing(value);
    return JSON.stringify(value);
  },
  yaml,
  shell: (value) => quoteWord(textOf(value)),
  xml,
  junos: (value) => `"${oneLine(value, "Junos").replaceAll(/["\\]/g, String.raw`\$&`)}"`,
  ios: (value) => iosLine(value, "IOS"),
  eos: (value) => iosLine(value, "EOS"),
  word,
  vyos,
  routeros,
};

/** One word of a POSIX shell. */
export function quoteWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * YAML flow style on one line. Strings are double-quoted, and escape what YAML 1.1 and 1.2 would fold or refuse: line breaks
 * of all kinds and what is not printable (YAML 1.2.2, 5.1 and 5.7).
 */
function yaml(value: unknown): string {
  refuseMissing(value);
  if (Array.isArray(value)) return `[${value.map(yaml).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${yaml(key)}: ${yaml(member)}`)
      .join(", ")}}`;
  }
  if (typeof value !== "string") return JSON.stringify(value);
  if (LONE_SURROGATE.test(value))
    throw new UnwritableValueError("half a character (a lone surrogate) cannot be written");
  const escaped = value
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll(/[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/gu, hex);
  return `"${escaped}"`;
}

function hex(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Text or attribute value. Line breaks and tabs are written as references, since attributes would lose them. */
function xml(value: unknown): string {
  const text = textOf(value);
  // https://www.w3.org/TR/xml/#charsets
  if (LONE_SURROGATE.test(text) || /[^\t\n\r -\ufffd\u{10000}-\u{10ffff}]/u.test(text)) {
    throw new UnwritableValueError("XML cannot hold control characters");
  }
  return text
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** IOS reads a line at a time, and `?` asks for help in the middle of one. */
function iosLine(value: unknown, system: string): string {
  const text = oneLine(value, system);
  if (text.includes("?")) throw new UnwritableValueError(`"?" cannot be written into a configuration of ${system}`);
  return text;
}

/** Where a blank would begin the next word of a command, and a quote a text that never ends. */
function word(value: unknown): string {
  const text = iosLine(value, "a device that reads words");
  if (/^$|[\s"'\\]/u.test(text))
    throw new UnwritableValueError(`${JSON.stringify(text)} cannot be written as one word`);
  return text;
}

/** https://docs.vyos.io/en/latest/automation/cloud-init.html: a quote cannot be escaped, and only the value is quoted. */
function vyos(value: unknown): string {
  const text = oneLine(value, "VyOS");
  if (text.includes("'")) throw new UnwritableValueError(`"'" cannot be written into a configuration of VyOS`);
  return `'${text}'`;
}

/** A quoted string of RouterOS, whose scripts read `$` as a variable: https://help.mikrotik.com/docs/spaces/ROS/pages/47579229. */
function routeros(value: unknown): string {
  const escaped = textOf(value).replaceAll(/["\\$]/g, String.raw`\$&`);
  // "\?" means a question mark in version 6 and nothing in version 7; the number means one in both.
  return `"${escaped.replaceAll(/[?\p{Cc}]/gu, (character) => `\\${byte(character)}`)}"`;
}

function byte(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
}

function oneLine(value: unknown, system: string): string {
  const text = textOf(value);
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) {
    throw new UnwritableValueError(
      `line breaks and control characters cannot be written into a configuration of ${system}`,
    );
  }
  return text;
}

function textOf(value: unknown): string {
  refuseMissing(value);
  if (typeof value === "string") {
    if (value.includes("\0")) throw new UnwritableValueError("the character NUL cannot be written");
    return value;
  }
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  throw new UnwritableValueError("a list or table cannot be written as one word");
}

function refuseMissing(value: unknown): void {
  if (value === undefined || typeof value === "function") throw new UnwritableValueError("the value is not defined");
}
