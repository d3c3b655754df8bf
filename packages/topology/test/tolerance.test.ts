import { describe, expect, test } from "vitest";
import { maxTextLength, type Analysis } from "@labscape/topology";
import { analyzeText } from "./support/analyze.js";
import { hostile } from "./support/hostile.js";

/** Manifests in which lines have a finding each that depends on no other line. */
const mistaken = {
  rows: `name = "x"
nodes = [
  { name = "a", model = "nvidia_cumulos" },
  { name = "b", model = "tiny_linux", memory = "2" },
  # the middle
  { name = "c", model = "tiny_linux", memroy = 5 },
  { name = "d e", model = "tiny_linux" },
  { name = "f", model = "tiny_linux", cpu_count = 0 },
]

[management]
mode = "natt"
ipv4 = "172.31.4"
`,
  headers: `name = "x"

[[nodes]]
name = "a"
model = "nvidia_cumulos"

[[nodes]]
name = "b"
memory = "2"
model = "tiny_linux"

[[nodes]]
name = "c"
memroy = 5
model = "tiny_linux"
depends_on = [
  "nobody",
  "b",
]

[[nodes]]
name = "d e"
model = "tiny_linux"

[management]
mode = "natt"
ipv4 = "172.31.4"
`,
  "dotted keys": `name = "x"
management.mode = "natt"
management.ipv4 = "172.31.4"
host.accelerator = "fast"
diagram.direction = "up"
`,
};

interface Change {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/** What typing can do at an offset of a line: everything behind it is missing, one character is, or something stands there. */
function changesAt(offset: number, lineEnd: number): readonly Change[] {
  return [
    { start: offset, end: lineEnd, insert: "" },
    ...(offset < lineEnd ? [{ start: offset, end: offset + 1, insert: "" }] : []),
    { start: offset, end: offset, insert: hostile[offset % hostile.length] ?? "" },
    { start: offset, end: offset, insert: hostile[(offset + 7) % hostile.length] ?? "" },
  ];
}

/** Findings that other lines cause or prevent. */
const dependent: readonly string[] = ["unconnected-node", "unknown-node"];

function describeFindings({ findings, text }: Analysis): readonly { readonly line: number; readonly what: string }[] {
  return findings
    .filter(({ code }) => !dependent.includes(code))
    .map(({ code, range }) => ({
      line: text.slice(0, range.start).split("\n").length - 1,
      what: `${code} ${JSON.stringify(text.slice(range.start, range.end))}`,
    }));
}

function assertSound({ findings, text }: Analysis): void {
  for (const { code, range, related, fixes } of findings) {
    const ranges = [
      range,
      ...related.map((each) => each.range),
      ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range)),
    ];
    for (const { start, end } of ranges)
      if (!(start >= 0 && start <= end && end <= text.length))
        throw new Error(`${code}: ${start} to ${end} in ${JSON.stringify(text)}`);
  }
}

describe.each(Object.entries(mistaken))("mistakes in lines: %s", (_, text) => {
  const lines = text.split("\n");
  const intact = describeFindings(analyzeText(text));

  test("are found", () => {
    expect(intact.length).toBeGreaterThanOrEqual(4);
  });

  test("a change of one line hides no other line's finding", { timeout: 60_000 }, () => {
    const hidden: string[] = [];
    let start = 0;
    for (const [line, content] of lines.entries()) {
      const lineEnd = start + content.length;
      // Without its header or opener nothing tells what the lines below mean.
      const names = /^\[|\[$/.test(content);
      for (let offset = start; offset <= lineEnd && !names; offset++) {
        for (const { start: from, end, insert } of changesAt(offset, lineEnd)) {
          // Brackets before or behind a row may mean just that: they open or close an array, or open a table.
          const before = content.slice(0, offset - start).trim();
          if (/^(\[+|\])$/.test(insert) && ((before === "" && insert !== "]") || /\},?$/.test(before))) continue;
          const changed = text.slice(0, from) + insert + text.slice(end);
          const analysis = analyzeText(changed);
          assertSound(analysis);
          const found = new Set(describeFindings(analysis).map(({ what }) => what));
          for (const { line: other, what } of intact)
            if (other !== line && !found.has(what))
              hidden.push(`${what} by ${JSON.stringify(insert)} at ${offset - start} of ${JSON.stringify(content)}`);
        }
      }
      start = lineEnd + 1;
    }
    expect(hidden).toEqual([]);
  });

  test("a file that ends anywhere keeps the findings above", () => {
    const hidden: string[] = [];
    for (let length = 0; length <= text.length; length++) {
      const analysis = analyzeText(text.slice(0, length));
      assertSound(analysis);
      const found = new Set(describeFindings(analysis).map(({ what }) => what));
      const last = analysis.text.split("\n").length - 1;
      for (const { line, what } of intact) if (line < last && !found.has(what)) hidden.push(`${what} at ${length}`);
    }
    expect(hidden).toEqual([]);
  });
});

describe("text that no one means", () => {
  const count = 100_000;
  test.each([
    ["100,000 open brackets", `x = ${"[".repeat(count)}`, "Values are nested too deeply"],
    ["100,000 open braces", `x = ${"{a=".repeat(count)}`, "Values are nested too deeply"],
    ["100,000 open brackets of a header", "[".repeat(count), "A table header needs a name"],
    ["a key of 100,000 parts", `${"a.".repeat(count)}a = 1`, "A key cannot have more than 256 parts"],
    ["a header of 100,000 parts", `[${"a.".repeat(count)}a]`, "A key cannot have more than 256 parts"],
    ["50 MB", "a = 1\n".repeat(50_000_000 / 6), `more than ${maxTextLength} characters`],
    ["50 MB without a line break", "[".repeat(50_000_000), `more than ${maxTextLength} characters`],
  ])("%s: one finding that says what is wrong", { timeout: 10_000 }, (_, text, message) => {
    const found = analyzeText(text).findings.filter(({ code }) => code === "toml-syntax");
    expect(found.map((finding) => finding.message)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ["100,000 quotes", '"'.repeat(count)],
    ["100,000 single quotes", "'".repeat(count)],
    ["100,000 quotes after an equals sign", `x = ${'"'.repeat(count)}`],
    [
      "strange characters",
      String.fromCharCode(...Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 65_536)),
    ],
    ["200,000 lines of brackets", "[\n".repeat(2 * count)],
    ["100,000 headers", "[[nodes]]\n".repeat(count)],
  ])("%s: neither crash nor hang", { timeout: 30_000 }, (_, text) => {
    assertSound(analyzeText(text));
  });
});
