import { parse as parseWithSmol } from "smol-toml";
import { parseTOML } from "toml-eslint-parser";
import { describe, expect, test } from "vitest";
import { parseToml, toPlainValue } from "@labscape/topology";
import * as manifests from "./manifests.js";

const wholeFiles = Object.entries(manifests).filter(([name]) => name !== "multilineRows");

/** Snippets of valid and invalid TOML 1.0 that are put together in pairs, so that each stands before and after each other. */
const snippets = [
  "",
  "a = 1",
  "a.b = 1",
  "a.b.c = 1",
  "a = { b = 1 }",
  "a = { b.c = 1, b.d = 2 }",
  "a = { b = 1, b.c = 2 }",
  "a = []",
  "a = [1, [2, 'x'],]",
  "[a]",
  "[a]\nb = 1",
  "[a]\nb.c = 1",
  "[a.b]",
  "[a.b]\nc = 1",
  "[a.b.c]",
  "[[a]]",
  "[[a]]\nb = 1",
  "[[a.b]]",
  "[[a.b]]\nc = 1",
  '["a"]',
  '"a".b = 1',
  "'' = 1",
  "a = 1 b = 2",
  "a =",
  "= 1",
  "a. = 1",
  "[a",
  "[]",
  "[[a]",
  "b = 1979-02-29",
  "b = 2000-02-29",
  "b = 1900-02-29",
  "b = 24:00:00",
  "b = 1979-05-27 07:32:00.5-07:30",
  "b = 01",
  "b = +0x1",
  "b = 1__0",
  "b = 1.",
  "b = .5",
  "b = 6.26e-1_0",
  "b = -nan",
  "b = 9223372036854775807",
  'b = "\\ud800"',
  'b = "\\U0001F600"',
  'b = "\\q"',
  'b = """a""""',
  'b = """a"""""',
  'b = """a""""""',
  "b = '''a''''",
  'b = """\\\n   a \\  \n b"""',
  'b = """\\ a"""',
  "b = true # c\u0007",
  "b = True",
  "b = [1 2]",
  "b = [,]",
  "b = [1,,2]",
  "b = { , }",
  "b = [ # c\n1 # d\n, 2\n]",
];
const pairs = snippets.flatMap((first) => snippets.map((second) => `${first}\n${second}\n`));

function accepts(parse: () => unknown): boolean {
  try {
    parse();
    return true;
  } catch {
    return false;
  }
}

/** Plain values with the notations in which the parsers differ made the same: date-times and large integers. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (value instanceof Date) return "date-time";
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  }
  if (typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value)) return "date-time";
  return typeof value === "bigint" ? Number(value) : value;
}

describe("toml-eslint-parser and smol-toml as oracles", () => {
  test("the same documents are valid TOML 1.0", () => {
    const different = pairs.filter((text) => {
      const oracle = accepts(() => parseTOML(text, { tomlVersion: "1.0" }));
      return oracle !== (parseToml(text).errors.length === 0);
    });
    expect(different).toEqual([]);
  });

  test.each(wholeFiles)("%s: every cut is valid for both or for none", (_, text) => {
    const different: string[] = [];
    for (let end = 0; end <= text.length; end++) {
      const cut = text.slice(0, end);
      const oracle = accepts(() => parseTOML(cut, { tomlVersion: "1.0" }));
      if (oracle !== (parseToml(cut).errors.length === 0)) different.push(cut);
    }
    expect(different).toEqual([]);
  });

  test.each([
    ["a = { b = 1,\n  c = 2, }", true],
    ["a = {\n}", true],
    ["a = { # c\n  b = 1 }", true],
    ['a = "\\e\\x41"', true],
    ["a = 07:32", true],
    ["a = 1979-05-27T07:32Z", true],
    ["a = { b = 1, , }", false],
    ['a = "\\x4"', false],
    ["a = 07", false],
    ["é = 1", false],
  ])("TOML 1.1: %j is valid: %s", (text, valid) => {
    expect(accepts(() => parseTOML(text, { tomlVersion: "1.1" }))).toBe(valid);
    const codes = new Set(parseToml(text).errors.map((error) => error.code));
    expect(codes.has("toml-1.1-feature") && codes.size === 1).toBe(valid);
  });

  test("valid documents mean the same values", () => {
    const documents = [...pairs, ...wholeFiles.map(([, text]) => text)].map((text) => parseToml(text));
    const valid = documents.filter(({ errors }) => errors.length === 0);
    expect(valid.length).toBeGreaterThan(500);
    for (const { text, root } of valid) {
      const expected = parseWithSmol(text, { integersAsBigInt: "asNeeded" });
      expect(comparable(toPlainValue(root)), text).toEqual(comparable(expected));
    }
  });
});
