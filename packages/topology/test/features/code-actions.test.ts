import { describe, expect, test } from "vitest";
import { codeActions, type ResolvedLab } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { applyEdits, readCursor } from "../support/features.js";

function actionsAt(marked: string) {
  const { text, offset } = readCursor(marked);
  return { text, actions: codeActions(analyzeText(text), { start: offset, end: offset }) };
}

/** The text after the action at `$0` whose title starts so. */
function after(marked: string, title: string): string {
  const { text, actions } = actionsAt(marked);
  const action = actions.find((each) => each.title.startsWith(title));
  if (action === undefined) throw new Error(`no ${title}: ${actions.map((each) => each.title).join(", ")}`);
  return applyEdits(text, action.edits);
}

function titlesAt(marked: string): readonly string[] {
  return actionsAt(marked).actions.map(({ title }) => title);
}

/** A lab without the places where it is written. */
function meaning(text: string): unknown {
  const bare = (lab: ResolvedLab) =>
    lab.nodes.map(({ name, model, ...node }) => ({ ...node, name, model: model.name, at: 0, nameAt: 0, index: 0 }));
  const { lab } = analyzeText(text);
  return { nodes: bare(lab).sort((a, b) => (a.name < b.name ? -1 : 1)), links: lab.links.length };
}

const two = `nodes = [
  { name = "a", model = "nvidia_cumulus" },
  { name = "b", model = "cisco_iosv" },
]
`;

describe("the next free port", () => {
  test.each([
    [
      "instead of another",
      'links = [{ src = "a::s$0wp4", dst = "b::gig0/1" }]',
      'links = [{ src = "a::swp1", dst = "b::gig0/1" }]',
    ],
    [
      "past those in use",
      'links = [{ src = "a::swp1", dst = "b::gi$0g0/1" }]',
      'links = [{ src = "a::swp1", dst = "b::gig0/2" }]',
    ],
    [
      "where none is written",
      'links = [{ src = "a$0", dst = "b::gig0/1" }]',
      'links = [{ src = "a::swp1", dst = "b::gig0/1" }]',
    ],
    [
      "behind the colons",
      'links = [{ src = "a::$0", dst = "b::gig0/1" }]',
      'links = [{ src = "a::swp1", dst = "b::gig0/1" }]',
    ],
    [
      "by its number",
      'connections = [{ device_a = "a", interface_a = $04, device_b = "b", interface_b = 0 }]',
      'connections = [{ device_a = "a", interface_a = 0, device_b = "b", interface_b = 0 }]',
    ],
  ])("%s", (_, links, expected) => {
    expect(after(two + links, "Use the next free port")).toBe(two + expected);
  });

  test("is offered once", () => {
    const titles = titlesAt(`${two}links = [{ src = "a::e$0th0", dst = "b::gig0/1" }]`);
    expect(titles.filter((title) => title.startsWith("Use the next free port"))).toHaveLength(1);
  });
});

describe("a missing node", () => {
  test.each([
    [
      "of the model at the other end",
      `${two}links = [{ src = "a::swp1", dst = "leaf9::swp2$0" }]`.replace("leaf9::swp2$0", "le$0af9::swp2"),
      `  { name = "b", model = "cisco_iosv" },\n  { name = "leaf9", model = "nvidia_cumulus" },\n]`,
    ],
    [
      "of another model where the port is not one of the peer's",
      `${two}links = [{ src = "a::swp1", dst = "le$0af9::gig0/3" }]`,
      `{ name = "leaf9", model = "cisco_iosv" },`,
    ],
    [
      "behind a last row without a comma",
      `${two.replace(" },\n]", " }\n]")}links = [{ src = "a::swp1", dst = "le$0af9::swp2" }]`,
      `  { name = "b", model = "cisco_iosv" },\n  { name = "leaf9", model = "nvidia_cumulus" }\n]`,
    ],
    [
      "on one line",
      `nodes = [{ name = "a", model = "nvidia_cumulus" }]\nlinks = [{ src = "a::swp1", dst = "le$0af9::swp2" }]`,
      `nodes = [{ name = "a", model = "nvidia_cumulus" }, { name = "leaf9", model = "nvidia_cumulus" }]`,
    ],
    [
      "in an empty list",
      `nodes = []\nbridges = [{ name = "x", links = ["le$0af9::ge-0/0/1"] }]`,
      `nodes = [ { name = "leaf9", model = "`,
    ],
    [
      "under headers, behind the tables of the last one",
      `[[nodes]]\nname = "a"\nmodel = "tiny_linux"\n[nodes.interfaces.eth1]\nmtu = 9000 # big\n\n[[links]]\nsrc = "a::eth1"\ndst = "le$0af9::eth1"\n`,
      `mtu = 9000 # big\n\n[[nodes]]\nname = "leaf9"\nmodel = "tiny_linux"\n\n[[links]]`,
    ],
    [
      "where there is none",
      `name = "x"\n[[links]]\nsrc = "le$0af9::swp1"\n`,
      `src = "leaf9::swp1"\n\n[[nodes]]\nname = "leaf9"\nmodel = "`,
    ],
    [
      "in the first dialect",
      `devices = [\n  { id = 4, name = "a", device_model = "blank" },\n]\nconnections = [{ device_a = "a", interface_a = 0, device_b = "le$0af9", interface_b = 1 }]`,
      `  { id = 5, name = "leaf9", device_model = "blank" },\n]`,
    ],
    [
      "that another one waits for",
      `[[nodes]]\nname = "a"\nmodel = "tiny_linux"\ndepends_on = ["le$0af9"]\n`,
      `depends_on = ["leaf9"]\n\n[[nodes]]\nname = "leaf9"\nmodel = "tiny_linux"\n`,
    ],
  ])("%s", (_, marked, expected) => {
    const text = after(marked, 'Add the node "leaf9"');
    expect(text).toContain(expected);
    const errors = (each: string) =>
      analyzeText(each).findings.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
    const before = errors(readCursor(marked).text).filter((code) => code !== "unknown-node");
    expect(before).toEqual(expect.arrayContaining(errors(text)));
  });

  test("is not preferred where another name is near", () => {
    const { actions } = actionsAt(
      `${two.replace('"a"', '"leaf1"')}links = [{ src = "la$0ef1::swp1", dst = "b::gig0/1" }]`,
    );
    expect(actions.slice(0, 2).map(({ title, preferred }) => `${title} ${preferred}`)).toEqual([
      'Change to "leaf1" true',
      expect.stringMatching(/^Add the node "laef1" .* false$/),
    ]);
  });
});

describe("common keys to defaults", () => {
  test.each([
    [
      "rows on lines",
      `name = "x"

# The nodes
nodes = [
  { $0name = "a", model = "tiny_linux", memory = 256 },
  { name = "b", memory = 256, model = "tiny_linux" }, # second
]
`,
      `name = "x"

defaults = { model = "tiny_linux", memory = 256 }
# The nodes
nodes = [
  { name = "a" },
  { name = "b" }, # second
]
`,
    ],
    [
      "headers, with comments",
      `name = "x"

# First
[[nodes]]
$0name = "a"
model = "tiny_linux" # small
start_delay = 5

[[nodes]]
name = "b"
model = "tiny_linux"
`,
      `name = "x"

[defaults]
model = "tiny_linux"

# First
[[nodes]]
name = "a"
# small
start_delay = 5

[[nodes]]
name = "b"
`,
    ],
    [
      "defaults that are there",
      `name = "x"
[defaults]
memory = 256
[[nodes]]
$0name = "a"
model = "tiny_linux"
[[nodes]]
name = "b"
model = "tiny_linux"
`,
      `name = "x"
[defaults]
model = "tiny_linux"
memory = 256
[[nodes]]
name = "a"
[[nodes]]
name = "b"
`,
    ],
    [
      "defaults on one line",
      `name = "x"
defaults = { memory = 256 }
nodes = [{ $0name = "a", model = "tiny_linux" }, { name = "b", model = "tiny_linux" }]
`,
      `name = "x"
defaults = { memory = 256, model = "tiny_linux" }
nodes = [{ name = "a" }, { name = "b" }]
`,
    ],
  ])("%s", (_, marked, expected) => {
    const text = after(marked, "Move");
    expect(text).toBe(expected);
    expect(meaning(text)).toEqual(meaning(readCursor(marked).text));
  });

  test.each([
    [
      "a key that a group has: it would win",
      `[groups.g]\nmemory = 1\n[[nodes]]\n$0name = "a"\ngroup = "g"\nmemory = 256\n[[nodes]]\nname = "b"\nmemory = 256`,
    ],
    ["one node", `[[nodes]]\n$0name = "a"\nmemory = 256`],
    ["different values", `[[nodes]]\n$0name = "a"\nmemory = 256\n[[nodes]]\nname = "b"\nmemory = 257`],
    [
      "parts of a table",
      `[[nodes]]\n$0name = "a"\ninterfaces.eth1.mtu = 9000\n[[nodes]]\nname = "b"\ninterfaces.eth1.mtu = 9000`,
    ],
    [
      "other places",
      `[[nodes]]\nname = "a"\nmemory = 256\n[[nodes]]\nname = "b"\nmemory = 256\n[[links]]\n$0src = "a::eth1"`,
    ],
  ])("not %s", (_, marked) => {
    expect(titlesAt(marked).filter((title) => title.startsWith("Move"))).toEqual([]);
  });
});

describe("sorting", () => {
  test.each([
    [
      "rows on lines, with their comments",
      `nodes = [
  # Ten
  # and more
  { $0name = "n10", model = "blank" }, # ten
  { name = "n9", model = "blank" },

  { name = "n1", model = "blank" } # one
  # The end
]
`,
      `nodes = [
  { name = "n1", model = "blank" }, # one
  { name = "n9", model = "blank" },

  # Ten
  # and more
  { name = "n10", model = "blank" } # ten
  # The end
]
`,
    ],
    [
      "rows on one line",
      'nodes = [{ $0name = "b", model = "blank" }, { name = "a", model = "blank" }]',
      'nodes = [{ name = "a", model = "blank" }, { name = "b", model = "blank" }]',
    ],
    [
      "headers, with the tables below them",
      `name = "x"

# B is first
[[nodes]]
$0name = "b"
model = "tiny_linux"
[nodes.interfaces.eth1]
mtu = 9000

[[nodes]]
name = "a" # the other
model = "tiny_linux"

[[links]]
src = "a::eth1"
`,
      `name = "x"

[[nodes]]
name = "a" # the other
model = "tiny_linux"

# B is first
[[nodes]]
name = "b"
model = "tiny_linux"
[nodes.interfaces.eth1]
mtu = 9000

[[links]]
src = "a::eth1"
`,
    ],
  ])("%s", (_, marked, expected) => {
    const text = after(marked, "Sort");
    expect(text).toBe(expected);
    expect(meaning(text)).toEqual(meaning(readCursor(marked).text));
    expect(analyzeText(text).findings.filter(({ code }) => code.startsWith("toml"))).toEqual([]);
  });

  test.each([
    ["what is sorted", '[[nodes]]\n$0name = "a"\n[[nodes]]\nname = "b"'],
    ["rows with other tables between them", '[[nodes]]\n$0name = "b"\n[[links]]\n[[nodes]]\nname = "a"'],
    ["rows on one line with a comment", 'nodes = [{ $0name = "b" }, { name = "a" }, # which?\n]'],
  ])("not %s", (_, marked) => {
    expect(titlesAt(marked).filter((title) => title.startsWith("Sort"))).toEqual([]);
  });
});
