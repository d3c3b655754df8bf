import { isIPv4, isIPv6 } from "node:net";

/** One command or setting, as the words that a device would read: decoded, with those of the levels around it before it. */
export type Statement = readonly string[];

/** What a device would refuse. */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

const isCidr = (text: string, isAddress: (text: string) => boolean, bits: number): boolean => {
  const [address = "", length = "", ...more] = text.split("/");
  return more.length === 0 && isAddress(address) && /^\d+$/.test(length) && Number(length) <= bits;
};

const isMask = (text: string): boolean =>
  isIPv4(text) && /^1*0*$/.test(text.split(".").reduce((bits, byte) => bits + toBits(byte), ""));

const toBits = (byte: string): string => Number(byte).toString(2).padStart(8, "0");

/** What may stand in the place of a name in capital letters. */
const kinds: Readonly<Record<string, (word: string) => boolean>> = {
  /** Any text: where the format quotes, and decoding has taken the quotes away. */
  TEXT: (word) => word !== "",
  WORD: (word) => /^[^\s"'?]+$/u.test(word),
  NAME: (word) => /^[\w./:-]+$/.test(word),
  INT: (word) => /^\d+$/.test(word),
  MTU: (word) => /^\d+$/.test(word) && Number(word) >= 68 && Number(word) <= 65_535,
  IP4: isIPv4,
  IP6: isIPv6,
  CIDR4: (word) => isCidr(word, isIPv4, 32),
  CIDR6: (word) => isCidr(word, isIPv6, 128),
  MASK: isMask,
  MAC: (word) => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(word),
  MD5: (word) => /^[0-9A-F]{32}$/.test(word),
  BASE64: (word) => /^[A-Za-z0-9+/]+=*$/.test(word),
  KEYTYPE: (word) => /^(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp(?:256|384|521))$/.test(word),
  /** A line of a public key as one text. */
  KEY: (word) => /^(?:ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/]+=*(?: .*)?$/u.test(word),
  RSAKEY: (word) => /^ssh-rsa [A-Za-z0-9+/]+=*(?: .*)?$/u.test(word),
  CRYPT: (word) => /^\$6\$[\w./]+\$[\w./]+$/.test(word),
};

/**
 * Whether the words are those of the pattern: words as they stand, `a|b` for one of several, the kinds above in capital
 * letters, and at the end `LINE` for one word or more.
 */
export function matches(pattern: readonly string[], words: Statement): boolean {
  const rest = pattern.at(-1) === "LINE";
  if (rest ? words.length < pattern.length : words.length !== pattern.length) return false;
  return pattern.every((expected, index) => {
    const word = words[index] ?? "";
    if (expected === "LINE") return true;
    const kind = Object.hasOwn(kinds, expected) ? kinds[expected] : undefined;
    return kind === undefined ? expected === word || expected.split("|").includes(word) : kind(word);
  });
}

/** One pattern a line. */
export function patterns(text: string): readonly (readonly string[])[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim().split(" "));
}

/** Gives the statements back if each is of one of the patterns. */
export function only(known: readonly (readonly string[])[], statements: readonly Statement[]): readonly Statement[] {
  for (const statement of statements)
    if (!known.some((pattern) => matches(pattern, statement)))
      throw new FormatError(`not a statement: ${statement.map((word) => JSON.stringify(word)).join(" ")}`);
  return statements;
}

/** The lines of a text that ends with its last one. */
export function linesOf(text: string): readonly string[] {
  if (!text.endsWith("\n")) throw new FormatError("the last line has no end");
  if (/\r|\0/.test(text)) throw new FormatError("a character that no line holds");
  return text.slice(0, -1).split("\n");
}

/**
 * The words of a line: bare, or in double quotes within which a backslash stands before a quote and itself.
 *
 * @param bare the characters of a word without quotes.
 */
export function quotedWords(line: string, bare: RegExp): Statement {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== "") {
    const quoted = /^"((?:[^"\\]|\\["\\])*)"(?= |$)/u.exec(rest);
    const plain = quoted === null ? /^[^\s"]+(?= |$)/u.exec(rest) : null;
    const whole = (quoted ?? plain)?.[0];
    if (whole === undefined || (plain !== null && !bare.test(whole))) throw new FormatError(`no words: ${rest}`);
    words.push(quoted === null ? whole : (quoted[1] ?? "").replaceAll(/\\(.)/gu, "$1"));
    rest = rest.slice(whole.length).trimStart();
  }
  return words;
}
