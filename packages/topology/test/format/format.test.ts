import { describe, expect, test } from "vitest";
import { formatManifest, parseToml, toPlainValue } from "@labscape/topology";
import * as manifests from "../syntax/manifests.js";

function format(text: string): string {
  const edits = formatManifest(parseToml(text), { file: "lab.toml" });
  let result = "";
  let end = 0;
  for (const { range, newText } of edits) {
    if (range.start < end) throw new Error(`Edits overlap at ${range.start} in ${JSON.stringify(text)}`);
    result += text.slice(end, range.start) + newText;
    end = range.end;
  }
  return result + text.slice(end);
}

describe("formatManifest", () => {
  test.each([
    ["equals signs", "a=1\nb  =  2\n", "a = 1\nb = 2\n"],
    ["dotted keys and headers", "a . b = 1\n[ c . d ]\n", "a.b = 1\n\n[c.d]\n"],
    ["inline tables", "a = {b=1 ,c =2}\nd = { }\n", "a = { b = 1, c = 2 }\nd = {}\n"],
    ["arrays", "a = [ 1,2 , [ 3 ] ]\n", "a = [1, 2, [3]]\n"],
    ["blanks at the ends of lines", "a = 1  \n# c \t\n", "a = 1\n# c\n"],
    ["blank lines", "\n\na = 1\n\n\n\nb = 2\n\n\n", "a = 1\n\nb = 2\n"],
    ["the last line's end", "a = 1", "a = 1\n"],
    ["tables", "a = 1\n[b]\n[[c]]\n", "a = 1\n\n[b]\n\n[[c]]\n"],
    ["a comment of a table", "a = 1\n# about b\n[b]\n", "a = 1\n\n# about b\n[b]\n"],
    ["comments behind values", "a = 1  # one\nbb = 2 # two\n", "a = 1  # one\nbb = 2 # two\n"],
    ["rows", "a = [\n{ b = 1 },\n    # c\n      { b = 2 }\n  ]\n", "a = [\n  { b = 1 },\n  # c\n  { b = 2 }\n]\n"],
    ["nested arrays", "a = [\n[\n1,\n],\n]\n", "a = [\n  [\n    1,\n  ],\n]\n"],
    ["tables over several lines", "a = [{\nb = 1,\n}]\n", "a = [{\n  b = 1,\n}]\n"],
    ["an indented statement", "  a = [\n1,\n]\n", "  a = [\n    1,\n  ]\n"],
    ["CR LF", "a=1\r\n[b]\r\nc=2", "a = 1\r\n\r\n[b]\r\nc = 2\r\n"],
    ["multi-line strings", 'a="""  \n\n\n  x=1  \n[y]\n"""  \n', 'a = """  \n\n\n  x=1  \n[y]\n"""\n'],
    ["broken lines", "a=\nb=1\nc=x  \n[d\ne=2\n", "a=\nb = 1\nc=x  \n[d\ne = 2\n"],
    ["an array without its end", "a=[\n1,\nb=2\n", "a=[\n1,\nb = 2\n"],
  ])("%s", (_, text, expected) => {
    expect(format(text)).toBe(expected);
  });

  /** Texts with the blanks of the samples changed, and half-typed. */
  function* variants(): Generator<string> {
    for (const text of Object.values(manifests)) {
      yield text;
      yield text.replaceAll(" = ", "=").replaceAll("\n", " \n\n\n");
      yield text.replaceAll("\n  ", "\n").replaceAll(", ", " ,  ");
      yield text.replaceAll("\n", "\r\n");
      for (let offset = 0; offset < text.length; offset += 3) {
        yield text.slice(0, offset);
        yield text.slice(0, offset) + text.slice(text.indexOf("\n", offset));
      }
    }
  }

  test("keeps the meaning, the findings and all but blanks, and a second time changes nothing", () => {
    for (const text of variants()) {
      const once = format(text);
      expect(format(once)).toBe(once);
      expect(once.replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      const before = parseToml(text);
      const after = parseToml(once);
      expect(toPlainValue(after.root)).toEqual(toPlainValue(before.root));
      expect(after.errors.map(({ message }) => message)).toEqual(before.errors.map(({ message }) => message));
    }
  }, 60_000);
});
