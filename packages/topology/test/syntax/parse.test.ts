import { describe, expect, test } from "vitest";
import { parseToml, type TomlError } from "@labscape/topology";

/** Errors as `code "text" message`. */
function errorsOf(text: string): string[] {
  return parseToml(text).errors.map(
    ({ range, message }) => `${JSON.stringify(text.slice(range.start, range.end))} ${message}`,
  );
}

function codesOf(text: string): TomlError["code"][] {
  return parseToml(text).errors.map(({ code }) => code);
}

describe("errors stand at their cause", () => {
  test.each([
    ["name =", ['"=" A value must follow the equals sign']],
    ["name", ['"name" This key has no value: write = and a value after it']],
    ["= 1", ['"=" A key must stand before the equals sign']],
    ["a. = 1", ['"." A key must follow the dot']],
    ["name = leaf1 # why", ['"leaf1" This is not a value; text needs quotes']],
    ["mtu = 9k", ['"9k" 9k is not a number; text needs quotes']],
    ["up = True", ['"True" Write true in small letters']],
    ['name = "leaf1', ['"\\"leaf1" This string needs a closing "']],
    ["name = 'leaf1\nmtu = 1", ["\"'leaf1\" This string needs a closing '"]],
    ['text = """\nmore = 1', ['"\\"\\"\\"" This string needs a closing """']],
    ['name = "a\\qb"', ['"\\\\q" \\q is not an escape; write \\\\ for a backslash']],
    ['name = "\\ud800"', ['"\\\\ud800" \\ud800 is not a Unicode character']],
    ["nodes = [\nname = 1", ['"[" This "[" is never closed']],
    ["nodes = [ 1 2 ]", ['"2" A comma must stand before this value']],
    ["nodes = [ , ]", ['"," A value must stand before the comma']],
    ["nodes = [ 1 } ]", ['"}" This "}" closes nothing']],
    ["x = { a = 1", ['"{" This "{" is never closed']],
    ["x = { a = 1 b = 2 }", ['"b" A comma must stand before this key']],
    ["x = { 1", ['"1" This key has no value: write = and a value after it', '"{" This "{" is never closed']],
    ["a = 1 b = 2", ['"b = 2" The line must end here']],
    ["[nodes", ['"[nodes" This table header needs a closing ]']],
    ["[[nodes]", ['"[[nodes]" This table header needs a closing ]]']],
    ["[]", ['"[" A table header needs a name']],
    ["]", ['"]" A key or a table header must stand here']],
    ['{ name = "a" },', ['"{" An inline table cannot stand alone: write "key = [" before the first one']],
    [
      "big = 9223372036854775808",
      ['"9223372036854775808" Integers must fit into 64 bits: -9223372036854775808 to 9223372036854775807'],
    ],
    ["day = 2023-02-29", ['"2023-02-29" There is no such day']],
    ["day = 2023-13-01", ['"2023-13-01" There is no such month']],
    ["time = 24:00:00", ['"24:00:00" There is no such time of day']],
    ["a = 1\rb = 2", ['"\\r" A carriage return needs a line feed after it']],
  ])("%j", (text, expected) => {
    // An opener and what is wrong inside it: in the order of the text.
    expect(errorsOf(text).sort()).toEqual([...expected].sort());
  });
});

describe("definitions", () => {
  test.each([
    ["a = 1\na = 2", "a", "a"],
    ["a = 1\n[a]", "a", "a"],
    ["[a]\n[a]", "a", "a"],
    ["[a]\n[[a]]", "a", "a"],
    ["[[a]]\n[a]", "a", "a"],
    ["a = []\n[[a]]", "a", "a"],
    ["[a.b]\n[a]\nb.c = 1", "b", "b"],
    ["a.b = 1\n[a]", "a", "a"],
    ["x = { a = 1, a = 2 }", "a", "a"],
    ["x = { a = 1 }\nx.b = 2", "x", "x"],
  ])("%j gives one error, which points at both", (text, at, related) => {
    const { errors } = parseToml(text);
    expect(errors.map(({ code }) => code)).toEqual(["toml-duplicate-key"]);
    const [error] = errors;
    expect(text.slice(error?.range.start, error?.range.end)).toBe(at);
    expect(text.slice(error?.related?.start, error?.related?.end)).toBe(related);
    expect(error?.related?.start).toBeLessThan(error?.range.start ?? 0);
  });

  test("the first value stays, and a key without a value gives way", () => {
    expect(parseToml("a = 1\na = 2").root.entries.get("a")?.value).toMatchObject({ value: 1n });
    expect(parseToml("a =\na = 2").root.entries.get("a")?.value).toMatchObject({ value: 2n });
    expect(codesOf("a =\na = 2")).toEqual(["toml-syntax"]);
  });

  test("a single table before an array of tables becomes its first item", () => {
    const value = parseToml("[nodes]\na = 1\n[[nodes]]\nb = 2").root.entries.get("nodes")?.value;
    expect(value?.kind === "table-array" && value.items.map(({ entries }) => [...entries.keys()])).toEqual([
      ["a"],
      ["b"],
    ]);
  });
});

describe("ranges", () => {
  test("are UTF-16 offsets, also after a byte order mark and with CR LF", () => {
    const text = '\ufeff# é\r\n"😀" = "漢" # c\r\n[t]\r\nk = 1\r\n';
    const { statements, comments, root, errors } = parseToml(text);
    expect(errors).toEqual([]);
    expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual(["# é", "# c"]);
    expect(statements.map(({ range }) => text.slice(range.start, range.end))).toEqual(['"😀" = "漢"', "[t]", "k = 1"]);
    const table = root.entries.get("t")?.value;
    expect(table?.kind === "table" && table.ranges.map(({ start, end }) => text.slice(start, end))).toEqual([
      "[t]\r\nk = 1",
    ]);
  });

  test("a table written in several places has a range for each", () => {
    const text = "a.b = 1\na.c = 2\n";
    const table = parseToml(text).root.entries.get("a")?.value;
    expect(table?.kind === "table" && table.ranges.map(({ start, end }) => text.slice(start, end))).toEqual([
      "a.b = 1",
      "a.c = 2",
    ]);
  });
});

describe("rows around a broken one", () => {
  test.each([
    ['  { name = "b"'],
    ['  { name = "b'],
    ["  { name = "],
    ["  { na"],
    ["  {"],
    ['  { name = "b", groups = ['],
    ['  { name = "b", groups = ["x"'],
    ['  { name = "b", x = { y = 1'],
    ['  { name = "b" }},'],
    ['  name = "b" },'],
  ])("%j", (row) => {
    const text = `nodes = [\n  { name = "a" },\n${row}\n  { name = "c" },\n]\nname = "lab"\n`;
    const { root, errors } = parseToml(text);
    const nodes = root.entries.get("nodes")?.value;
    const names =
      nodes?.kind === "array" &&
      nodes.items.map((item) => item.kind === "inline-table" && item.table.entries.get("name")?.value);
    const named = names && names.map((name) => typeof name === "object" && name.kind === "string" && name.value);
    expect(named).toEqual(["a", row.includes('"b') && "b", "c"]);
    expect(root.entries.get("name")?.value).toMatchObject({ value: "lab" });
    expect(errors.length).toBeGreaterThan(0);
    // All of them are on the row.
    const start = text.indexOf(`\n${row}\n`) + 1;
    expect(errors.every(({ range }) => range.start >= start && range.end <= start + row.length)).toBe(true);
  });

  test("belong to a key whose bracket is not written yet", () => {
    const nodes = parseToml('nodes =\n  { name = "a" },\n  { name = "b" },\n]\n').root.entries.get("nodes")?.value;
    expect(nodes?.kind === "array" && nodes.items.length).toBe(2);
  });
});
