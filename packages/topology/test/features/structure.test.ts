import { describe, expect, test } from "vitest";
import {
  codeLenses,
  documentLinks,
  documentSymbols,
  foldingRanges,
  inlayHints,
  selectionRanges,
  semanticTokens,
  type OutlineSymbol,
} from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { readCursor } from "../support/features.js";
import { samples } from "../samples/index.js";

const everything = (text: string) => ({ start: 0, end: text.length });

describe("outline", () => {
  function outline(text: string): readonly string[] {
    const lines = (symbols: readonly OutlineSymbol[], depth: string): readonly string[] =>
      symbols.flatMap(({ kind, name, detail, children }) => [
        `${depth}${kind} ${name}${detail === "" ? "" : ` (${detail})`}`,
        ...lines(children, `${depth}  `),
      ]);
    return lines(documentSymbols(analyzeText(text)), "");
  }

  test("rows in the first dialect", () => {
    expect(outline(samples.firstDialect)).toEqual([
      "section devices (2)",
      "  node dev1 (nvidia_cumulus)",
      "  node dev2 (nvidia_cumulus)",
      "section connections (1)",
      "  link dev1::swp1 — dev2::swp1",
    ]);
  });

  test("headers", () => {
    expect(outline(samples.layered)).toEqual([
      "key defaults",
      "section groups (2)",
      "  group big",
      "  group slow",
      "section nodes (3)",
      "  node plain (debian_linux)",
      "  node both (debian_linux)",
      "  node own (debian_linux)",
      "section links (1)",
      "  link own::eth1 — both::eth2",
      "section bridges (1)",
      "  bridge office (2 ports)",
    ]);
  });

  test("every symbol has a name, and its name lies within it", () => {
    for (const text of [...Object.values(samples), "[[nodes]]\n[[links]]\n[[bridges]]\n"]) {
      const check = ({ name, range, selectionRange, children }: OutlineSymbol): void => {
        expect(name).not.toBe("");
        expect(selectionRange.start).toBeGreaterThanOrEqual(range.start);
        expect(selectionRange.end).toBeLessThanOrEqual(range.end);
        children.forEach(check);
      };
      documentSymbols(analyzeText(text)).forEach(check);
    }
  });
});

test("code lenses: the lab's above the first line, a console for each node", () => {
  const { currentDialect: text } = samples;
  const lenses = codeLenses(analyzeText(text));
  expect(lenses.map(({ action, node }) => node ?? action)).toEqual([
    "deploy",
    "plan",
    "destroy",
    "preview",
    "dev1",
    "dev2",
  ]);
  expect(lenses[5] && text.slice(lenses[5].range.start, lenses[5].range.end)).toBe("dev2");
  expect(codeLenses(analyzeText('name = "nothing"'))).toEqual([]);
});

test("folding: sections, rows, comments", () => {
  const text = `# one
# two
nodes = [
  { name = "a" },
]

[management]
mode = "nat"

[host]
`;
  const lines = foldingRanges(analyzeText(text)).map(({ range, kind }) => [
    text.slice(0, range.start).split("\n").length,
    text.slice(0, range.end).split("\n").length,
    kind,
  ]);
  expect(lines).toEqual([
    [1, 2, "comment"],
    [3, 5, undefined],
    [7, 8, undefined],
  ]);
});

test("folding: regions, which nest", () => {
  const text = "# endregion\n# region Fabric\na = 1\n#region\nb = 1\n#endregion\n# endregion\n# region open\n";
  const regions = foldingRanges(analyzeText(text)).filter(({ kind }) => kind === "region");
  expect(regions.map(({ range: { start, end } }) => text.slice(start, end).split("\n").length)).toEqual([6, 3]);
});

describe("inlay hints", () => {
  test("the name of a numbered port, and what the lab needs", () => {
    const { firstDialect: text } = samples;
    const hints = inlayHints(analyzeText(text), everything(text));
    expect(hints.map(({ label }) => label)).toEqual(["2 nodes, 4 vCPU, 4 GiB", "swp1", "swp1"]);
    const several = analyzeText('nodes = [{ name = "a", model = "juniper_vqfx" }]');
    expect(inlayHints(several, { start: 0, end: several.text.length }).map(({ label }) => label)).toContain(
      "1 node, 2 vCPU, 4 GiB",
    );
    expect(text.slice(0, hints[1]?.offset)).toMatch(/interface_a = 0$/);
  });

  test.each([
    ["behind the bracket", 'nodes = [{ name = "a", model = "tiny_linux" }]', "nodes = ["],
    ["behind the first header", '# Lab\n[[nodes]]\nname = "a"\nmodel = "tiny_linux"\n[[nodes]]', "# Lab\n[[nodes]]"],
  ])("what the lab needs stands %s", (_, text, before) => {
    expect(text.slice(0, inlayHints(analyzeText(text), everything(text))[0]?.offset)).toBe(before);
  });

  test("addresses that nobody has written, as a deploy gives them out", () => {
    const text = `management = { ipv4 = "172.31.7.0/24" }
nodes = [
  { name = "a", model = "tiny_linux" },
  { name = "b", model = "tiny_linux", ipv4_address = "172.31.7.99" },
  { name = "c", model = "tiny_linux" },
  { name = "none", model = "blank" },
]`;
    const hints = inlayHints(analyzeText(text), everything(text)).slice(1);
    expect(hints.map(({ offset, label }) => `${text.slice(0, offset).split(" ").at(-1) ?? ""} ${label}`)).toEqual([
      '"a" 172.31.7.10',
      '"c" 172.31.7.12',
    ]);
    const other = text.replace("management = {", 'management = { mode = "user",');
    expect(inlayHints(analyzeText(other), everything(other))).toHaveLength(1);
  });

  test("only those in the range that is shown", () => {
    expect(inlayHints(analyzeText(samples.firstDialect), { start: 0, end: 10 })).toEqual([]);
  });
});

test("document links: the files that act", () => {
  const { toolshed: text } = samples;
  expect(documentLinks(analyzeText(text)).map(({ path }) => path)).toEqual([
    "scripts/root-setup.sh",
    "scripts/me.sh",
    "~/.gitconfig",
    "/srv/keys/team.pub",
    "other.pub",
  ]);
});

test("semantic tokens", () => {
  const text = `nodes = [{ name = "a", model = "cumulus_linux", group = "g" }]
links = [{ src = "a::swp1", state = "down" }]
[groups.g]
`;
  const tokens = semanticTokens(analyzeText(text)).map(
    ({ range, type, modifiers }) => `${type} ${text.slice(range.start, range.end)} ${modifiers.join()}`,
  );
  expect(tokens).toEqual([
    "variable a declaration",
    "class cumulus_linux deprecated",
    "namespace g ",
    "variable a ",
    "property swp1 ",
    "enumMember down ",
    "namespace g declaration",
  ]);
});

test("selection grows from the word to the file", () => {
  const { text, offset } = readCursor('a = 1\n[t]\nnodes = [\n  { name = "de$0v" },\n]\n');
  expect(selectionRanges(analyzeText(text), offset).map(({ start, end }) => text.slice(start, end))).toEqual([
    "dev",
    '"dev"',
    'name = "dev"',
    '{ name = "dev" }',
    '[\n  { name = "dev" },\n]',
    'nodes = [\n  { name = "dev" },\n]',
    '[t]\nnodes = [\n  { name = "dev" },\n]',
    text,
  ]);
});
