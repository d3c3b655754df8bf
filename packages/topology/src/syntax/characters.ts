/** UTF-16 code units that the grammar of TOML names. */
export const Char = {
  tab: 0x09,
  lineFeed: 0x0a,
  carriageReturn: 0x0d,
  space: 0x20,
  doubleQuote: 0x22,
  hash: 0x23,
  singleQuote: 0x27,
  comma: 0x2c,
  dot: 0x2e,
  equals: 0x3d,
  openBracket: 0x5b,
  backslash: 0x5c,
  closeBracket: 0x5d,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  byteOrderMark: 0xfeff,
} as const;

const bareKeyText = /^[A-Za-z0-9_-]+$/;

const bareKeyCodes = new Uint8Array(128);
for (let code = 0; code < 128; code++) bareKeyCodes[code] = bareKeyText.test(String.fromCharCode(code)) ? 1 : 0;

/** Whether a code unit may stand in a key without quotes. `NaN` (past the end of the text) may not. */
export function isBareKeyCode(code: number): boolean {
  return bareKeyCodes[code] === 1;
}

/** Whether a key can be written without quotes. */
export function isBareKey(text: string): boolean {
  return bareKeyText.test(text);
}
