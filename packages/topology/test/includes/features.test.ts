import { describe, expect, test } from "vitest";
import {
  codeActions,
  codeLenses,
  complete,
  definition,
  documentHighlights,
  documentLinks,
  documentSymbols,
  hover,
  inlayHints,
  locate,
  references,
  rename,
  semanticTokens,
  sourceAt,
  type Location,
} from "@labscape/topology";
import { applyEdits } from "../support/features.js";
import { analyzeFiles } from "../support/files.js";

const lab = `name = "x"
include = ["common.toml", "links.toml"]
[groups.leaf]
start_delay = 1
[[nodes]]
name = "a"
memory = 512
depends_on = ["b"]
[[bridges]]
name = "lan"
mtu = 9000
#- common.toml
[defaults]
cpu_count = 2
interfaces.eth1.mtu = 9000
[groups.leaf]
user = "me"
[[nodes]]
name = "a"
model = "debian_linux"
group = "leaf"
memory = 256
depends_on = ["c"]
interfaces.eth1.ipv4 = "10.0.0.1/30"
interfaces.eth1.mtu = 1400
[[nodes]]
name = "b"
model = "debian_linux"
[[nodes]]
name = "c"
model = "debian_linux"
[[bridges]]
name = "lan"
links = ["a::eth2", "c::eth2"]
#- links.toml
links = [
  { src = "a::eth1", dst = "b::eth1" },
]
`;

/** The lab with the cursor in front of the `nth` place of a text, counted from 0 over all files. */
function at(text: string, nth = 0) {
  let index = -1;
  for (let count = 0; count <= nth; count++) index = lab.indexOf(text, index + 1);
  if (index < 0) throw new Error(`no ${text}`);
  return analyzeFiles(`${lab.slice(0, index)}$0${lab.slice(index)}`);
}

/** "file:line" of places, sorted. */
function show(files: ReturnType<typeof at>["files"], places: readonly Location[]): readonly string[] {
  const line = ({ file, range }: Location) => (files.get(file)?.text ?? "").slice(0, range.start).split("\n").length;
  return places.map((place) => `${place.file.replace("/labs/", "")}:${line(place)}`).sort();
}

const places = {
  a: {
    declared: ["common.toml:7", "test.lab.toml:6"],
    used: ["common.toml:22", "links.toml:2"],
  },
  c: { declared: ["common.toml:18"], used: ["common.toml:11", "common.toml:22"] },
  leaf: { declared: ["common.toml:4", "test.lab.toml:3"], used: ["common.toml:9"] },
  lan: { declared: ["common.toml:21", "test.lab.toml:10"], used: [] },
};

describe("definition and references", () => {
  test.each([
    ["a", 'a"', 0],
    ["a", 'a"', 3],
    ["a", "a::eth1", 0],
    // Another file overrides this one; it is a name all the same.
    ["c", 'c"]', 0],
    ["c", "c::eth2", 0],
    ["leaf", "leaf]", 0],
    ["leaf", 'leaf"', 0],
    ["lan", 'lan"', 1],
  ] as const)("of %s, asked at %j", (name, text, nth) => {
    const { analysis, files, offset } = at(text, nth);
    const { declared, used } = places[name];
    expect(show(files, definition(analysis, offset))).toEqual(declared);
    expect(show(files, references(analysis, offset, { declaration: false }))).toEqual(used);
    expect(references(analysis, offset, { declaration: true })).toHaveLength(declared.length + used.length);
  });

  test("of an included file", () => {
    const { analysis, offset } = at("links.toml");
    expect(definition(analysis, offset)).toEqual([{ file: "/labs/links.toml", range: { start: 0, end: 0 } }]);
  });

  test("highlights stay in the cursor's file", () => {
    const { analysis, files, offset } = at("a::eth2");
    const shown = documentHighlights(analysis, offset).map(({ range }) => locate(analysis.sources, range));
    expect(show(files, shown)).toEqual(["common.toml:22", "common.toml:7"]);
  });
});

describe("rename", () => {
  test("changes every file", () => {
    const { analysis, files, offset } = at("c::eth2");
    const result = rename(analysis, offset, "core");
    const edits = "edits" in result ? result.edits : [];
    const common = files.get("/labs/common.toml")?.text ?? "";
    expect(applyEdits(common, edits)).toBe(common.replaceAll('"c"', '"core"').replace("c::", "core::"));
    expect(edits.every(({ file }) => file === "/labs/common.toml")).toBe(true);
  });

  test("changes a name that two files declare in both", () => {
    const { analysis, files, offset } = at("a::eth1");
    const result = rename(analysis, offset, "z");
    const edits = "edits" in result ? result.edits : [];
    for (const [file, { text }] of files) {
      const own = edits.filter((edit) => edit.file === file);
      expect(applyEdits(text, own)).toBe(text.replaceAll('"a"', '"z"').replaceAll('"a::', '"z::'));
    }
  });

  test("refuses a name that another file has", () => {
    const { analysis, offset } = at('a"');
    expect(rename(analysis, offset, "b")).toEqual({ problem: "There is a node called `b` already." });
  });
});

test("hover names the file of a value unless it is the manifest", () => {
  const { analysis, offset } = at("a::eth1");
  const { range, markdown = "" } = hover(analysis, offset) ?? {};
  expect(range && locate(analysis.sources, range)).toMatchObject({ file: "/labs/links.toml" });
  for (const row of [
    "| memory | `512` | the node |",
    '| model | `"debian_linux"` | the node of `common.toml` |',
    "| cpu_count | `2` | `defaults` of `common.toml` |",
    "| start_delay | `1` | group `leaf` |",
    '| user | `"me"` | group `leaf` of `common.toml` |',
    '| depends_on | `["b"]` | the node |',
    '| interfaces.eth1 | ipv4 = `"10.0.0.1/30"`, mtu = `1400` | the node of `common.toml` |',
  ])
    expect(markdown).toContain(row);
  expect(markdown).not.toContain("256");
  expect(markdown).not.toContain("9000");
});

describe("in an included file", () => {
  const part = (rows: string) => `name = "x"
include = ["part.toml"]
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
#- part.toml
${rows}`;

  test.each([
    ["nodes of the manifest", 'links = [{ src = "$0" }]', ["a", "b"]],
    ["free ports", 'links = [{ src = "a::eth1", dst = "b::$0" }]', ["eth1"]],
    ["keys", "[[links]]\nst$0", ["state"]],
    ["a node's own keys", '[[nodes]]\nname = "c"\nmodel = "tiny_linux"\nmemo$0', ["memory"]],
  ])("completion offers %s", (_, rows, expected) => {
    const { analysis, offset } = analyzeFiles(part(rows));
    const found = complete(analysis, offset);
    expect(found.map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
    const { base, text } = sourceAt(analysis.sources, offset);
    for (const { range } of found) {
      expect(range.start).toBeGreaterThanOrEqual(base);
      expect(range.start).toBeLessThanOrEqual(offset);
      expect(range.end).toBeLessThanOrEqual(base + text.length);
    }
  });

  test("code actions mend what is wrong there", () => {
    const { analysis, files, offset } = analyzeFiles(part('links = [{ src = "a::eth1", dst = "b::$0ethh1" }]\n'));
    const [action] = codeActions(analysis, { start: offset, end: offset });
    expect(action?.edits.map(({ file }) => file)).toEqual(["/labs/part.toml"]);
    expect(applyEdits(files.get("/labs/part.toml")?.text ?? "", action?.edits ?? [])).toBe(
      'links = [{ src = "a::eth1", dst = "b::eth1" }]\n',
    );
    const elsewhere = codeActions(analysis, { start: offset - 2 ** 24, end: offset - 2 ** 24 });
    expect(elsewhere.filter(({ kind }) => kind === "quickfix")).toEqual([]);
  });

  test("hints are those of the range", () => {
    const { analysis, offset } = analyzeFiles(
      part('connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 2 }]$0\n'),
    );
    const { base } = sourceAt(analysis.sources, offset);
    expect(inlayHints(analysis, { start: base, end: offset }).map(({ label }) => label)).toEqual(["eth1", "eth3"]);
  });
});

test("what is about one document is about the manifest alone", () => {
  const { analysis, files } = analyzeFiles(lab);
  const text = files.get(analysis.file)?.text ?? "";
  const names = documentSymbols(analysis).flatMap(({ name, children }) => [name, ...children.map((each) => each.name)]);
  expect(names).toEqual(["groups", "leaf", "nodes", "a", "bridges", "lan"]);
  expect(documentLinks(analysis).map(({ path }) => path)).toEqual(["common.toml", "links.toml"]);
  expect(codeLenses(analysis).flatMap(({ node }) => node ?? [])).toEqual(["a"]);
  const tokens = semanticTokens(analysis).map(({ range }) => text.slice(range.start, range.end));
  expect(tokens).toEqual(["leaf", "a", "b", "lan"]);
});
