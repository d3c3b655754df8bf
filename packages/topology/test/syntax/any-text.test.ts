import { describe, expect, test } from "vitest";
import { cursorAt, parseToml, toPlainValue, type Range, type TomlDocument, type Value } from "@labscape/topology";
import { hostile } from "../support/hostile.js";
import * as manifests from "./manifests.js";

function assertSound(document: TomlDocument): void {
  const { text, statements, comments, errors } = document;
  const whole = { start: 0, end: text.length };
  let end = 0;
  for (const statement of statements) {
    inside(whole, statement.range, "statement");
    if (statement.range.start < end) throw new Error(`Statements overlap at ${statement.range.start}`);
    end = statement.range.end;
    inside(statement.range, statement.key.range, "key");
    for (const part of statement.key.parts) inside(statement.key.range, part.range, "key part");
    if (statement.kind === "key-value") {
      if (statement.equals !== undefined) inside(statement.range, statement.equals, "equals sign");
      inside(statement.range, statement.value.range, "value");
      assertValue(statement.value);
    }
  }
  for (const comment of comments) inside(whole, comment, "comment");
  let start = 0;
  for (const { range, related, message } of errors) {
    inside(whole, range, "error");
    if (related !== undefined) inside(whole, related, "related range");
    if (range.start < start) throw new Error("Errors are not in order");
    start = range.start;
    if (text.slice(range.start, range.end).includes("\n")) throw new Error(`An error spans lines: ${message}`);
  }
}

function assertValue(value: Value): void {
  if (value.kind === "string") inside(value.range, value.contents, "contents");
  if (value.kind === "array") {
    let end = value.range.start;
    for (const item of value.items) {
      inside(value.range, item.range, "item");
      if (item.range.start < end) throw new Error("Items overlap");
      end = item.range.end;
      assertValue(item);
    }
  }
  if (value.kind === "inline-table") {
    let end = value.range.start;
    for (const pair of value.pairs) {
      inside(value.range, pair.range, "pair");
      if (pair.range.start < end) throw new Error("Pairs overlap");
      end = pair.range.end;
      inside(pair.range, pair.key.range, "key");
      inside(pair.range, pair.value.range, "value");
      assertValue(pair.value);
    }
  }
}

function inside(outer: Range, inner: Range, what: string): void {
  if (inner.start < outer.start || inner.end > outer.end || inner.start > inner.end) {
    throw new Error(`${what} ${inner.start}-${inner.end} is not inside ${outer.start}-${outer.end}`);
  }
}

/** Parses a text, checks the tree, and asks what a cursor at `offset` is in. */
function check(text: string, offset: number): void {
  try {
    const document = parseToml(text);
    assertSound(document);
    toPlainValue(document.root);
    const { range } = cursorAt(document, offset);
    inside({ start: 0, end: text.length }, range, "cursor");
  } catch (error) {
    throw new Error(`In ${JSON.stringify(text)}`, { cause: error });
  }
}

describe("any text gives a sound tree", () => {
  test.each(Object.entries(manifests))("%s: cut, and changed, at every character", (_, text) => {
    for (let offset = 0; offset <= text.length; offset++) {
      check(text.slice(0, offset), offset);
      check(text.slice(offset), 0);
      check(text.slice(0, offset) + text.slice(offset + 1), offset);
      const insert = hostile[offset % hostile.length] ?? "";
      check(text.slice(0, offset) + insert + text.slice(offset), offset + insert.length);
    }
  });

  test("random pieces", () => {
    let state = 1;
    const random = (limit: number): number => {
      // Park and Miller's generator: the same texts in every run.
      state = (state * 48271) % 2147483647;
      return state % limit;
    };
    const pieces = [
      ...hostile,
      "a",
      "b = 1",
      "nodes = [",
      "[nodes]",
      "[[nodes]]",
      "{ a = 1 }",
      "\n",
      "\r\n",
      "  ",
      "1979-05-27",
      "0x1F",
      "true",
    ];
    for (let run = 0; run < 20_000; run++) {
      let text = "";
      for (let length = random(20); length > 0; length--) text += pieces[random(pieces.length)] ?? "";
      check(text, random(text.length + 1));
    }
  });
});

describe("hostile text", () => {
  const size = 100_000;
  test.each([
    ["brackets", `x = ${"[".repeat(size)}`],
    ["braces", `x = ${"{a=".repeat(size)}`],
    ["both", `x = ${"[{a=".repeat(size)}`],
  ])("%s nested 100,000 deep give one error", (_, text) => {
    const { errors } = parseToml(text);
    expect(errors.map((error) => error.message)).toEqual(["Values are nested too deeply: more than 256 levels"]);
  });

  test("a key of 100,000 parts gives one error", () => {
    const { errors, root } = parseToml(`${"a.".repeat(size)}a = 1`);
    expect(errors.map((error) => error.message)).toEqual(["A key cannot have more than 256 parts"]);
    expect(() => toPlainValue(root)).not.toThrow();
  });

  test("a text over the limit gives one finding and an empty tree", () => {
    const { errors, statements, root } = parseToml("a = 1\n".repeat(4_000_000));
    expect(errors.map(({ code, range }) => [code, range])).toEqual([["toml-syntax", { start: 0, end: 0 }]]);
    expect(statements).toEqual([]);
    expect(root.entries.size).toBe(0);
  });

  // Each of these takes minutes when the work grows with the square of the length.
  const lines = 25_000;
  test.each([
    ["open brackets on each line", "a = [\n".repeat(lines)],
    ["open braces on each line", "a = {\n".repeat(lines)],
    ["nested rows that never end", "x = [\n" + "{ a = [\n".repeat(lines)],
    ["one open brace before many pairs", "x = {\n" + "  a = 1,\n".repeat(lines)],
    ["many open braces before many pairs", `x = ${"{ a = ".repeat(200)}\n` + "  a = 1,\n".repeat(lines)],
    ["alternating openers before many pairs", `x = ${"[{ a = ".repeat(100)}\n` + "  a = 1,\n".repeat(lines)],
    ["open strings", 'a = "\n'.repeat(lines)],
    ["open multi-line strings", 'a = """\n'.repeat(lines)],
    ["escaped delimiters", 'a = """' + '\\"""\n'.repeat(lines)],
    ["one long line of commas", `x = [${",".repeat(lines)}]`],
    ["quotes without keys", '"""\n'.repeat(lines)],
    ["half keys in an array", "x = [\n" + 'a."b'.repeat(lines)],
  ])(
    "%s are read in linear time",
    (_, text) => {
      assertSound(parseToml(text));
    },
    10_000,
  );
});
