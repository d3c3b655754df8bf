import { expect, test } from "vitest";
import { canvasModel, freePorts } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { analyzeFiles } from "../support/files.js";

const lab = `name = "x"
[groups.leaf]
[[nodes]]
name = "a"
model = "nvidia_cumulus"
group = "leaf"
[[nodes]]
name = "b"
model = "tiny_linux"
groups = ["leaf", "new"]
data_interface_count = 2
[[links]]
src = "a::SWP1"
dst = "b::eth1"
label = "core"
state = "down"
[[bridges]]
name = "lan"
links = ["b::eth2", "zed::eth1"]
[[bridges]]
name = "out"
external = "br0"
[diagram]
direction = "TB"
nodes.a = { x = 1, y = 2 }
bridges.out = { x = 3, y = 4 }
notes = [{ text = "hi", x = 5, y = 6 }]
`;

test("holds what is drawn", () => {
  const { nodes, bridges, links, groups, notes, ...rest } = canvasModel(
    analyzeText(lab, { host: () => ({ bridges: ["br0"] }) }),
  );
  expect(rest).toEqual({ lab: "x", broken: false, direction: "TB", hostBridges: ["br0"] });
  expect(nodes).toMatchObject([
    { name: "a", model: "nvidia_cumulus", role: "switch", members: 1, groups: ["leaf"], position: { x: 1, y: 2 } },
    { name: "b", role: "host", groups: ["leaf", "new"], hasFreePort: false },
  ]);
  expect(nodes[0]?.hasFreePort).toBe(true);
  expect(nodes[1]).not.toHaveProperty("position");
  expect(bridges).toMatchObject([{ name: "lan" }, { name: "out", external: "br0", position: { x: 3, y: 4 } }]);
  expect(links).toMatchObject([
    {
      id: "a::swp1 b::eth1",
      src: { node: "a", port: "swp1", known: true },
      dst: { node: "b", port: "eth1", known: true },
      label: "core",
      state: "down",
      type: "auto",
    },
    { id: "b::eth2 lan", src: { node: "b", port: "eth2", known: true }, dst: { bridge: "lan" }, state: "up" },
  ]);
  expect(groups.map(({ name, at }) => [name, at !== undefined])).toEqual([
    ["leaf", true],
    ["new", false],
  ]);
  expect(notes).toMatchObject([{ text: "hi", position: { x: 5, y: 6 } }]);
});

test("says where things are written, in whichever file", () => {
  const { analysis, files } = analyzeFiles(`name = "x"
include = ["common.toml"]
nodes = [{ name = "a", model = "tiny_linux" }]
#- common.toml
nodes = [{ name = "b", model = "tiny_linux" }]
`);
  const places = canvasModel(analysis).nodes.map(({ at: { file, range } }) => [
    file,
    files.get(file)?.text.slice(range.start, range.end),
  ]);
  expect(places.sort()).toEqual([
    ["/labs/common.toml", "b"],
    ["/labs/test.lab.toml", "a"],
  ]);
});

test("keeps what is wrong in part, and says that the text is broken", () => {
  const model = canvasModel(
    analyzeText(`name = "x"
nodes = [
  { name = "a", model = "tiny_linus" },
  { name = "b", model = "tiny_linux" },
  { name = "c", mod
]
links = [{ src = "a::eth1", dst = "b::eth9999" }, { src = "a::eth1", dst = "b::eth9999" }, { src = "a", dst = "b::" }, { src = "zed::x" }]
`),
  );
  expect(model.broken).toBe(true);
  expect(model.nodes.map(({ name, role, model: device }) => [name, role, device])).toEqual([
    ["a", "unknown", "tiny_linus"],
    ["b", "host", "tiny_linux"],
    ["c", "unknown", ""],
  ]);
  expect(model.links.map(({ id, src }) => [id, src.known])).toEqual([
    ["a::eth1 b::eth9999", false],
    ["a::eth1 b::eth9999 2", false],
    ["a:: b::", false],
  ]);
});

test("an id stays while other things change", () => {
  const ids = (text: string) => canvasModel(analyzeText(text)).links.map(({ id }) => id);
  const before = ids(lab);
  expect(ids(lab.replace("[[links]]\n", '[[links]]\nsrc = "a::swp9"\ndst = "b::eth9"\n[[links]]\n'))).toEqual(
    expect.arrayContaining([...before]),
  );
});

test("free ports of a node", () => {
  const analysis = analyzeText(lab);
  expect(freePorts(analysis, "a").slice(0, 2)).toEqual([
    { name: "swp2", index: 1 },
    { name: "swp3", index: 2 },
  ]);
  expect(freePorts(analysis, "b")).toEqual([]);
  expect(freePorts(analysis, "nobody")).toEqual([]);
});
