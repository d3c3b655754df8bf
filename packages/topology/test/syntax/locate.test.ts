import { describe, expect, test } from "vitest";
import { cursorAt, parseToml } from "@labscape/topology";

/** Says in one line what the cursor `|` in a text is in: kind, table path -> path, and the text that a completion replaces. */
function describeCursor(marked: string): string {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const cursor = cursorAt(parseToml(text), offset);
  const table = cursor.table === undefined ? "no table" : cursor.tablePath.join(".");
  const replaced = JSON.stringify(text.slice(cursor.range.start, cursor.range.end));
  switch (cursor.kind) {
    case "value":
      return `value ${cursor.path.join(".")} (${cursor.value?.kind ?? "nothing"} ${replaced}) in <${table}>`;
    case "key":
      return `key ${cursor.part} ${replaced} in <${table}>`;
    case "header":
      return `header ${cursor.part} ${replaced}`;
    default:
      return `${cursor.kind} in <${table}>`;
  }
}

describe("cursorAt", () => {
  test.each([
    ["|", 'key 0 "" in <>'],
    ["|\n[[nodes]]\n", 'key 0 "" in <>'],
    ["na|", 'key 0 "na" in <>'],
    ["name |", "none in <>"],
    ["name |= 1", 'key 0 "" in <>'],
    ["name =|", 'value name (missing "") in <>'],
    ["name = |", 'value name (missing "") in <>'],
    ["name =  | # why", 'value name (missing "") in <>'],
    ["name = |\n[[nodes]]\n", 'value name (missing "") in <>'],
    ['name = "la|', 'value name (string "\\"la") in <>'],
    ['name = "la|b"', 'value name (string "\\"lab\\"") in <>'],
    ['name = "lab" |', "none in <>"],
    ["name = la|b", 'value name (missing "lab") in <>'],
    ["name = 1 # com|ment", "comment in <>"],
    ["name = 1 |# comment", "none in <>"],
    ["[no|", 'header 0 "no"'],
    ["[|", 'header 0 ""'],
    ["[[|]]", 'header 0 ""'],
    ["[[nodes|]]", 'header 0 "nodes"'],
    ["[groups.le|af]", 'header 1 "leaf"'],
    ["[groups.|]", 'header 1 ""'],
    ["[[nodes]]|", "none in <>"],
    ["[[nodes]]\n|", 'key 0 "" in <nodes.0>'],
    ["[[nodes]]\nname = 1\n[[nodes]]\n|\n\n[[nodes]]\n", 'key 0 "" in <nodes.1>'],
    ["[[nodes]]\n[[nodes]]\n[nodes.interfaces.swp1]\nmt|", 'key 0 "mt" in <nodes.1.interfaces.swp1>'],
    ["[[nodes]]\ninterfaces.sw|p1.mtu = 1", 'key 1 "swp1" in <nodes.0>'],
    ["[[nodes]]\ninterfaces.|", 'key 1 "" in <nodes.0>'],
    ["[[nodes]]\ninterfaces.swp1.mtu = |", 'value nodes.0.interfaces.swp1.mtu (missing "") in <nodes.0>'],
    ["a = 1\n[a]\nb|", 'key 0 "b" in <no table>'],
    ["[]\nb|", 'key 0 "b" in <no table>'],
    ["nodes = [|", 'value nodes.0 (nothing "") in <>'],
    ["nodes = [|]", 'value nodes.0 (nothing "") in <>'],
    ["nodes = [\n  |\n]", 'value nodes.0 (nothing "") in <>'],
    ['nodes = [\n  "a",\n  |\n]', 'value nodes.1 (nothing "") in <>'],
    ['nodes = [\n  "a",\n  |\nlinks = 1', 'value nodes.1 (nothing "") in <>'],
    ["nodes = [{|", 'key 0 "" in <nodes.0>'],
    ["nodes = [{ na|", 'key 0 "na" in <nodes.0>'],
    ["nodes = [{ name = |", 'value nodes.0.name (missing "") in <nodes.0>'],
    ["nodes = [{ name = | }]", 'value nodes.0.name (missing "") in <nodes.0>'],
    ['nodes = [{ name = "a", | }]', 'key 0 "" in <nodes.0>'],
    ['nodes = [{ name = "a" |', "none in <nodes.0>"],
    ['nodes = [{ name = "a" | }]', "none in <nodes.0>"],
    ['depends_on = ["a" | ]', "none in <>"],
    ['nodes = [\n  { name = "a", |\n  { name = "b" },\n]', 'key 0 "" in <nodes.0>'],
    ['nodes = [\n  { name = "a"\n  |\n]', 'value nodes.1 (nothing "") in <>'],
    ["nodes = [\n  { name = |\n  { name = 1 },\n]", 'value nodes.0.name (missing "") in <nodes.0>'],
    ["nodes = [\n  { na |\n  { name = 1 },\n]", "none in <nodes.0>"],
    ['nodes = [{ name = "a" }|]', 'value nodes.0 (inline-table "{ name = \\"a\\" }") in <>'],
    ['links = [\n  { src = "a::|\n  { src = "b" },\n]', 'value links.0.src (string "\\"a::") in <links.0>'],
    [
      'links = [\n  { src = "a", dst = "b" },\n  { src = "a::|" },\n]',
      'value links.1.src (string "\\"a::\\"") in <links.1>',
    ],
    ['[[links]]\nsrc = "a"\ndst = "b::|\nmtu = 1', 'value links.0.dst (string "\\"b::") in <links.0>'],
    ['depends_on = ["a", "|"]', 'value depends_on.1 (string "\\"\\"") in <>'],
    ['depends_on = ["a", |]', 'value depends_on.1 (nothing "") in <>'],
    ["x = { a = { b = | } }", 'value x.a.b (missing "") in <x.a>'],
    ["x = { a.b| }", 'key 1 "b" in <x>'],
    ['x = """\nte|xt"""', 'value x (string "\\"\\"\\"\\ntext\\"\\"\\"") in <>'],
    ["\ufeffna|", 'key 0 "na" in <>'],
    ["[[nodes]]\r\nname = |\r\nmodel = 1\r\n", 'value nodes.0.name (missing "") in <nodes.0>'],
  ])("%j", (marked, expected) => {
    expect(describeCursor(marked)).toBe(expected);
  });
});
