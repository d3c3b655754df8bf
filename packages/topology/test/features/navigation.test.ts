import { describe, expect, test } from "vitest";
import { codeActions, definition, documentHighlights, prepareRename, references, rename } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { applyEdits, readCursor } from "../support/features.js";
import { samples } from "../samples/index.js";

const lab = `[groups.leaf]
memory = 512
[groups.leaf.interfaces.eth1]
mtu = 9000

[[nodes]]
name = "a"
model = "debian_linux"
group = "leaf"

[[nodes]]
name = "b"
model = "debian_linux"
groups = ["leaf"]
depends_on = ["a"]

[[links]]
src = "a::eth1"
dst = "b::eth1"

[[bridges]]
name = "lan"
links = ["a::eth2", "b::eth2"]
`;

/** The lab with the cursor in the `nth` place of a text, counted from 0. */
function at(text: string, nth = 0): { readonly text: string; readonly offset: number } {
  let offset = -1;
  for (let count = 0; count <= nth; count++) offset = lab.indexOf(text, offset + 1);
  if (offset < 0) throw new Error(`no ${text}`);
  return { text: lab, offset: offset + 1 };
}

function linesOf(text: string, ranges: readonly { readonly start: number }[]): readonly number[] {
  return ranges.map(({ start }) => text.slice(0, start).split("\n").length);
}

describe("definition, references, highlights", () => {
  test.each([
    ["an endpoint", "a::eth1", 0, [7], [15, 18, 23]],
    ["depends_on", '"a"', 1, [7], [15, 18, 23]],
    ["the declaration itself", '"a"', 0, [7], [15, 18, 23]],
    ["a group", '"leaf"', 0, [1, 3], [9, 14]],
    ["a group's header", "leaf", 1, [1, 3], [9, 14]],
    ["a bridge", "lan", 0, [22], []],
  ])("%s", (_, text, nth, declared, used) => {
    const { offset } = at(text, nth);
    const analysis = analyzeText(lab);
    expect(
      linesOf(
        lab,
        definition(analysis, offset).map(({ range }) => range),
      ),
    ).toEqual(declared);
    const found = references(analysis, offset, { declaration: false }).map(({ range }) => range);
    expect([...linesOf(lab, found)].sort((a, b) => a - b)).toEqual(used);
    expect(references(analysis, offset, { declaration: true })).toHaveLength(declared.length + used.length);
    const highlights = documentHighlights(analysis, offset);
    expect(highlights.filter(({ kind }) => kind === "write")).toHaveLength(declared.length);
  });

  test("nothing where there is no name", () => {
    const analysis = analyzeText(lab);
    expect(definition(analysis, at("memory").offset)).toEqual([]);
    expect(prepareRename(analysis, at("memory").offset)).toBeUndefined();
  });
});

describe("rename", () => {
  function renamed(text: string, offset: number, name: string): string {
    const result = rename(analyzeText(text), offset, name);
    return "problem" in result ? result.problem : applyEdits(text, result.edits);
  }

  test("a node changes in every endpoint and in depends_on", () => {
    const result = renamed(lab, at("b::eth1").offset, "core-1");
    expect(result).toBe(lab.replace('name = "b"', 'name = "core-1"').replaceAll("b::", "core-1::"));
    const first = renamed(lab, at('"a"').offset, "z");
    expect(first).toBe(lab.replaceAll('"a"', '"z"').replaceAll('"a::', '"z::'));
  });

  test("a group changes in every header", () => {
    expect(renamed(lab, at("leaf").offset, "spine")).toBe(lab.replaceAll("leaf", "spine"));
  });

  test("in the first dialect", () => {
    const { firstDialect } = samples;
    expect(renamed(firstDialect, firstDialect.indexOf("dev1"), "r1")).toBe(firstDialect.replaceAll("dev1", "r1"));
  });

  test("escapes in an endpoint keep the port", () => {
    const { text, offset } = readCursor(
      'nodes = [{ name = "$0a", model = "blank" }]\nlinks = [{ src = "a::\\u0065th1" }]',
    );
    expect(renamed(text, offset, "b")).toContain('src = "b::eth1"');
  });

  test.each([
    ["b", "There is a node called `b` already."],
    ["a b", "A node's name has 1 to 63 letters, digits and -, with a letter or digit at both ends."],
    ["", "A node's name has 1 to 63 letters, digits and -, with a letter or digit at both ends."],
  ])("refuses %j and says why", (name, problem) => {
    expect(renamed(lab, at('"a"').offset, name)).toBe(problem);
  });

  test("prepares with the name alone", () => {
    const target = prepareRename(analyzeText(lab), at("a::eth1").offset);
    expect(target?.placeholder).toBe("a");
    expect(lab.slice(target?.range.start, target?.range.end)).toBe("a");
  });
});

describe("code actions", () => {
  test("the mends of what is wrong at the cursor, and of nothing else", () => {
    const { text, offset } = readCursor(
      '[[nodes]]\nname = "a"\nmodel = "$0tiny_linx"\n[[nodes]]\nname = "b"\nmodel = "debian_linx"\n',
    );
    const actions = codeActions(analyzeText(text), { start: offset, end: offset });
    expect(actions.map(({ title, preferred }) => [title, preferred])).toEqual([['Change to "tiny_linux"', true]]);
    expect(applyEdits(text, actions[0]?.edits ?? [])).toBe(text.replace("tiny_linx", "tiny_linux"));
  });

  /** The titles of the conversions that are offered at `$0`, and the text after the last of them. */
  function offered(marked: string): { titles: readonly string[]; after: string } {
    const { text, offset } = readCursor(marked);
    const actions = codeActions(analyzeText(text), { start: offset, end: offset }).filter(({ title }) =>
      title.startsWith("Convert"),
    );
    return { titles: actions.map(({ title }) => title), after: applyEdits(text, actions.at(-1)?.edits ?? []) };
  }

  test("the other dialect is offered at keys that it calls otherwise, and only there", () => {
    const { firstDialect, currentDialect } = samples;
    const expected = currentDialect.replace("two-switches", "1e18b3bfe149");
    for (const key of ["id =", "devices", "device_model", "interface_b"]) {
      const { titles, after } = offered(firstDialect.replace(key, `$0${key}`));
      expect(titles).toEqual(["Convert to the current dialect"]);
      expect(after).toBe(expected);
    }
    expect(offered(firstDialect.replace('"dev2"', '"$0dev2"')).titles).toEqual([]);
    expect(offered("[[$0nodes]]").after).toBe("[[devices]]\nid = 1");
  });

  test("what cannot be converted says why", () => {
    const { text, offset } = readCursor('nodes = []\n$0links = [{ src = "z::eth1" }]\n');
    const [action] = codeActions(analyzeText(text), { start: offset, end: offset });
    expect(action).toMatchObject({ kind: "refactor.rewrite", edits: [] });
    expect(action?.disabled).toBe("Line 2: There is no node `z`, so that its ports cannot be counted.");
  });

  test("a file that mixes the dialects can be written in its own at once", () => {
    const { text, offset } = readCursor(
      'name = "x"\nnodes = [{ name = "a", model = "tiny_linux" }]\nconnections = [{ $0device_a = "a", interface_a = 0 }]',
    );
    const [action] = codeActions(analyzeText(text), { start: offset, end: offset });
    expect(action).toMatchObject({
      kind: "quickfix",
      title: "Write the whole file in the current dialect",
      preferred: true,
    });
    expect(applyEdits(text, action?.edits ?? [])).toBe(
      'name = "x"\nnodes = [{ name = "a", model = "tiny_linux" }]\nlinks = [{ src = "a::eth1" }]',
    );
  });
});
