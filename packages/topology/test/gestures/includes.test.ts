import { expect, test } from "vitest";
import type { Gesture } from "@labscape/topology";
import { afterInFiles } from "./gesture-on.js";

/** A lab of two files that both speak of the node `a` and of the link. */
const lab = `name = "x"
include = ["common.toml"]
nodes = [
  { name = "a", memory = 512 },
]
links = [{ src = "a::eth1", dst = "b::eth1", label = "up" }]

[diagram.nodes]
a = { x = 0, y = 0 }
#- common.toml
[[nodes]]
name = "a"
model = "tiny_linux"

[[nodes]]
name = "b"
model = "tiny_linux"
depends_on = ["a"]

[[links]]
src = "b::eth1"
dst = "a::eth1"
mtu = 9000

[[bridges]]
name = "lan"
links = ["b::eth2"]
`;

/** The lab with replacements of texts, each of its first occurrence. */
function changed(...replacements: readonly (readonly [from: string, to: string])[]): string {
  return replacements.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`no ${from}`);
    return text.replace(from, to);
  }, lab);
}

test.each<[string, Gesture, string]>([
  [
    "a port changes wherever the link is named",
    { kind: "set-port", link: "a::eth1 b::eth1", end: "src", port: "eth5" },
    changed(['"a::eth1"', '"a::eth5"'], ['"a::eth1"', '"a::eth5"']),
  ],
  [
    "a name changes wherever it is said",
    { kind: "rename", node: "a", to: "r1" },
    changed(
      ['"a"', '"r1"'],
      ['"a::eth1"', '"r1::eth1"'],
      ["\na = {", "\nr1 = {"],
      ['name = "a"', 'name = "r1"'],
      ['["a"]', '["r1"]'],
      ['"a::eth1"', '"r1::eth1"'],
    ),
  ],
  [
    "a copy is made in each file",
    { kind: "duplicate", nodes: ["a", "b"], by: { x: 5, y: 5 } },
    changed(
      ["512 },\n", '512 },\n  { name = "a2", memory = 512 },\n'],
      ['"up" }', '"up" }, { src = "a2::eth1", dst = "b2::eth1", label = "up" }'],
      ["y = 0 }\n", "y = 0 }\na2 = { x = 5, y = 5 }\n"],
      [
        '["a"]\n',
        '["a"]\n\n[[nodes]]\nname = "a2"\nmodel = "tiny_linux"\n\n[[nodes]]\nname = "b2"\nmodel = "tiny_linux"\ndepends_on = ["a2"]\n',
      ],
      ["mtu = 9000\n", 'mtu = 9000\n\n[[links]]\nsrc = "b2::eth1"\ndst = "a2::eth1"\nmtu = 9000\n'],
    ),
  ],
  [
    "a cable goes into the list of the file that has the bridge",
    { kind: "add-link", from: { node: "a" }, to: { bridge: "lan" } },
    changed(['["b::eth2"]', '["b::eth2", "a::eth2"]']),
  ],
  [
    "what is new is written in the manifest itself",
    { kind: "add-node", model: "tiny_linux", name: "c" },
    changed(["512 },\n", '512 },\n  { name = "c", model = "tiny_linux" },\n']),
  ],
  [
    "a link goes from both files",
    { kind: "delete", links: ["a::eth1 b::eth1"] },
    changed(
      ['{ src = "a::eth1", dst = "b::eth1", label = "up" }', ""],
      ['[[links]]\nsrc = "b::eth1"\ndst = "a::eth1"\nmtu = 9000\n\n', ""],
    ),
  ],
  [
    "a group is set where the node has its keys",
    { kind: "set-groups", nodes: ["b"], groups: ["g"] },
    changed(["y = 0 }\n", "y = 0 }\n\n[groups.g]\n"], ['["a"]\n', '["a"]\ngroup = "g"\n']),
  ],
])("%s", (_, gesture, expected) => {
  expect(afterInFiles(lab, gesture)).toBe(expected);
});
