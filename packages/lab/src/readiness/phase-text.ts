/** Characters of a phase text that fit beside a node's name on one line. */
const MAX_LENGTH = 72;

/** Sequences that move the cursor, colour and ask terminals (ECMA-48: CSI, OSC and two-character escapes). */
const ESCAPE_SEQUENCE = new RegExp(
  [
    String.raw`\u001b\[[0-?]*[ -/]*[@-~]`,
    String.raw`\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join("|"),
  "g",
);

/** The last line that a console said, as a person reads it: without control sequences, shortened; empty for none. */
export function phaseText(output: string): string {
  const lines = output
    .replaceAll(ESCAPE_SEQUENCE, "")
    .split(/[\r\n]+/)
    .map((line) => line.replaceAll(/\p{Cc}+/gu, " ").trim());
  const last = lines.findLast((line) => line !== "") ?? "";
  return last.length > MAX_LENGTH ? `${last.slice(0, MAX_LENGTH - 1).trimEnd()}…` : last;
}
