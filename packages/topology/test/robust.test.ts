import { describe, expect, test } from "vitest";
import {
  codeLenses,
  complete,
  documentSymbols,
  foldingRanges,
  hover,
  inlayHints,
  rename,
  selectionRanges,
  semanticTokens,
  type Analysis,
  type Range,
} from "@labscape/topology";
import { samples } from "./samples/index.js";
import { analyzeText } from "./support/analyze.js";

/** Every text that comes about while one line of a manifest is typed, with the line's number and the cursor. */
function* halfTyped(text: string): Generator<{ text: string; line: number; offset: number }> {
  const lines = text.split("\n");
  let start = 0;
  for (const [line, content] of lines.entries()) {
    for (let length = 0; length < content.length; length++) {
      const typed = [...lines.slice(0, line), content.slice(0, length), ...lines.slice(line + 1)].join("\n");
      yield { text: typed, line, offset: start + length };
    }
    start += content.length + 1;
  }
}

/** All ranges that an analysis and the features at an offset give. */
function rangesOf(analysis: Analysis, offset: number): readonly Range[] {
  const everything = { start: 0, end: analysis.text.length };
  const under = hover(analysis, offset);
  const renamed = rename(analysis, offset, "new-name");
  return [
    ...analysis.findings.flatMap(({ range, related, fixes }) => [
      range,
      ...related.map((each) => each.range),
      ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range)),
    ]),
    ...complete(analysis, offset).map(({ range }) => range),
    ...(under === undefined ? [] : [under.range]),
    ...("edits" in renamed ? renamed.edits.map(({ range }) => range) : []),
    ...documentSymbols(analysis).map(({ range }) => range),
    ...foldingRanges(analysis).map(({ range }) => range),
    ...selectionRanges(analysis, offset),
    ...semanticTokens(analysis).map(({ range }) => range),
    ...codeLenses(analysis).map(({ range }) => range),
    ...inlayHints(analysis, everything).map((hint) => ({ start: hint.offset, end: hint.offset })),
  ];
}

describe.each(Object.entries(samples))("%s, half-typed", (_, sample) => {
  // Plain comparisons: there are so many texts that an assertion library's own work would take most of the time.
  test(
    "nothing throws, ranges lie in the text, findings on one line, completions at the cursor",
    { timeout: 60_000 },
    () => {
      for (const { text, offset } of halfTyped(sample)) {
        const analysis = analyzeText(text);
        const where = `with the cursor at ${offset} of ${JSON.stringify(text)}`;
        for (const { start, end } of rangesOf(analysis, offset))
          if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`range ${start} to ${end} ${where}`);
        for (const { code, range } of analysis.findings)
          if (text.slice(range.start, range.end).includes("\n")) throw new Error(`${code} over several lines ${where}`);
        for (const { label, range } of complete(analysis, offset)) {
          const holds = range.start <= offset && offset <= range.end;
          if (!holds || text.slice(range.start, range.end).includes("\n"))
            throw new Error(`completion ${label} away from the cursor ${where}`);
        }
      }
    },
  );
});

describe("a half-typed line and the findings on other lines", () => {
  const wrong = `name = "x"

[[nodes]]
name = "a"
model = "nvidia_cumulos"

[[nodes]]
name = "b"
model = "tiny_linux"
memory = 2048

[[nodes]]
name = "c"
memroy = 5
model = "tiny_linux"

[management]
mode = "natt"
`;
  /** Findings of two lines that depend on no other line. */
  const standing = ["memroy", "natt", "nvidia_cumulos"];

  test("stay as they are", () => {
    const lines = wrong.split("\n");
    for (const { text, line } of halfTyped(wrong)) {
      // An open quote or bracket in the line that is typed is blamed there; headers name the tables below them.
      if (lines[line]?.startsWith("[") === true) continue;
      const found = analyzeText(text).findings.map(({ range }) => text.slice(range.start, range.end));
      for (const word of standing) {
        const own = lines[line]?.includes(word) === true;
        if (!own) expect(found, JSON.stringify(text)).toContain(word);
      }
    }
  });
});

describe("size", () => {
  /** A lab of a given number of nodes, and one and a half as many links. */
  function manifest(nodes: number, broken = false): string {
    const name = (index: number) => `node-${index % nodes}`;
    const rows = Array.from(
      { length: nodes },
      (_, index) => `  { name = "${name(index)}", model = "nvidia_cumulus" },`,
    );
    const links = Array.from({ length: nodes * 1.5 }, (_, index) => {
      const far = index < nodes ? index + 1 : index + 7;
      const [src, dst] = index < nodes ? ["swp1", "swp2"] : ["swp3", "swp4"];
      const node = broken ? `${name(index)}x` : name(index);
      return `  { src = "${node}::${src}", dst = "${name(far)}::${dst}" },`;
    });
    return `name = "big"\nnodes = [\n${rows.join("\n")}\n]\nlinks = [\n${links.join("\n")}\n]\n`;
  }

  test("a large lab has no findings but those of its shape", () => {
    const { findings, lab } = analyzeText(manifest(200));
    expect(findings).toEqual([]);
    expect(lab.links).toHaveLength(300);
  });

  // Comparing every wrong name with every known one, or every cable with every other, would take minutes here.
  test.each([
    ["sound", false],
    ["with every link broken", true],
  ])("5,000 nodes and 7,500 links are no matter: %s", { timeout: 60_000 }, (_, broken) => {
    const { findings, lab } = analyzeText(manifest(5000, broken));
    expect(lab.links).toHaveLength(broken ? 0 : 7500);
    expect(findings.some(({ code }) => code === "unknown-node")).toBe(broken);
  });
});
