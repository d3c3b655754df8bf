import { describe, expect, test } from "vitest";
import { LineIndex, isBareKey, parseToml, quoteKey, quoteString, toPlainValue, valueAt } from "@labscape/topology";

describe("LineIndex", () => {
  const text = "ab\r\n😀c\n\nlast";
  const lines = new LineIndex(text);

  test("goes from each offset to a position and back", () => {
    for (let offset = 0; offset <= text.length; offset++) {
      // Between CR and LF there is no position of its own.
      if (text.slice(offset - 1, offset + 1) === "\r\n") continue;
      expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
    }
  });

  test.each([
    [0, { line: 0, character: 0 }],
    [4, { line: 1, character: 0 }],
    [6, { line: 1, character: 2 }],
    [8, { line: 2, character: 0 }],
    [99, { line: 3, character: 4 }],
    [-1, { line: 0, character: 0 }],
  ])("offset %j is at %j", (offset, position) => {
    expect(lines.positionAt(offset)).toEqual(position);
  });

  test.each([
    [{ line: 0, character: 99 }, 2],
    [{ line: 1, character: 99 }, 7],
    [{ line: 99, character: 0 }, text.length],
    [{ line: -1, character: 5 }, 0],
  ])("position %j is at %j", (position, offset) => {
    expect(lines.offsetAt(position)).toBe(offset);
  });
});

describe("quoting", () => {
  test.each([[""], ["plain"], ['a "b" \\ c'], ["\0\u0001\b\t\n\f\r\u001f\u007f"], ["é😀"]])(
    "%j is read back",
    (text) => {
      expect(toPlainValue(parseToml(`x = ${quoteString(text)}\n${quoteKey(`k${text}`)} = 1`).root)).toEqual({
        x: text,
        [`k${text}`]: 1,
      });
    },
  );

  test("keys are quoted only where they must be", () => {
    expect(["swp1", "Gi0-0_a", "Gi0/0", "", "é"].map(isBareKey)).toEqual([true, true, false, false, false]);
    expect(quoteKey("swp1")).toBe("swp1");
    expect(quoteKey("Gi0/0")).toBe('"Gi0/0"');
  });
});

describe("plain values", () => {
  test("have the shapes of JavaScript", () => {
    const { root } = parseToml(`
a = 1
big = 9007199254740993
f = 1.0
day = 1979-05-27
list = [1, "x", { y = true }]
half =
__proto__ = "safe"
[[t]]
x.y = 1
[[t]]
`);
    const plain = toPlainValue(root);
    expect(Object.keys(plain)).toEqual(["a", "big", "f", "day", "list", "__proto__", "t"]);
    expect(plain).toMatchObject({
      a: 1,
      big: 9007199254740993n,
      f: 1,
      day: "1979-05-27",
      list: [1, "x", { y: true }],
      t: [{ x: { y: 1 } }, {}],
    });
    expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
  });
});

describe("valueAt", () => {
  const { root } = parseToml('a = [{ b = "x" }]\n[[t]]\n[[t]]\nc = 1');
  test.each([
    [["a", 0, "b"], { kind: "string", value: "x" }],
    [["t", 1, "c"], { kind: "integer", value: 1n }],
    [[], { kind: "table", form: "root" }],
  ])("%j", (path, expected) => {
    expect(valueAt(root, path)).toMatchObject(expected);
  });

  test.each([[["a", 1]], [["a", "b"]], [["t", 0, "c"]], [["a", 0, "b", "c"]]])("%j leads nowhere", (path) => {
    expect(valueAt(root, path)).toBeUndefined();
  });
});
