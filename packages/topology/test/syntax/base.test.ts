import { describe, expect, test } from "vitest";
import { cursorAt, maxTextLength, parseToml, textAt, type Range } from "@labscape/topology";
import * as manifests from "./manifests.js";
import { rangesOf } from "./ranges.js";

const base = 3 * maxTextLength;

function moved({ start, end }: Range): Range {
  return { start: start + base, end: end + base };
}

describe("a text that starts at an offset", () => {
  test.each(Object.entries(manifests))("%s, whole and cut: every range is moved by it", (_, whole) => {
    for (let length = whole.length; length >= 0; length -= 7) {
      const text = whole.slice(0, length);
      const expected = rangesOf(parseToml(text)).map(([what, range]) => [what, moved(range)]);
      expect(rangesOf(parseToml(text, { base }))).toEqual(expected);
    }
  });

  test.each(Object.entries(manifests))("%s, cut: the cursor is in the same place", (_, whole) => {
    for (let offset = 0; offset <= whole.length; offset++) {
      const text = whole.slice(0, offset) + "\n";
      const here = cursorAt(parseToml(text), offset);
      const there = cursorAt(parseToml(text, { base }), offset + base);
      expect([there.kind, there.tablePath, there.range]).toEqual([here.kind, here.tablePath, moved(here.range)]);
    }
  });

  test("its findings and related places are moved too", () => {
    const { errors } = parseToml("a = 1\na = 2", { base });
    expect(errors.map(({ range, related }) => [range, related])).toEqual([
      [
        { start: base + 6, end: base + 7 },
        { start: base, end: base + 1 },
      ],
    ]);
  });

  test("textAt gives what a range covers", () => {
    const document = parseToml("name = 'x'", { base });
    expect(document.statements.map((statement) => textAt(document, statement.key.range))).toEqual(["name"]);
  });

  test("a text over the limit gives its finding there", () => {
    const { errors } = parseToml(" ".repeat(maxTextLength + 1), { base });
    expect(errors.map(({ range }) => range)).toEqual([{ start: base, end: base }]);
  });
});
