import { describe, expect, test } from "vitest";
import { incomingLinks, outgoingLinks, prepareCallHierarchy, type HierarchyLink } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { readCursor } from "../support/features.js";

const lab = `name = "x"
nodes = [
  { name = "a", model = "nvidia_cumulus" },
  { name = "b", model = "nvidia_cumulus" },
  { name = "c", model = "nvidia_cumulus" },
]
links = [
  { src = "a::swp1", dst = "b::swp1" },
  { src = "a::swp2", dst = "b::swp2" },
  { src = "c::swp1", dst = "a::swp3" },
  { src = "a::swp9", dst = "nobody::swp1" },
]
bridges = [{ name = "lan", links = ["a::swp4", "c::swp2"] }]
`;

/** The neighbours of what the cursor is on, each with the ends of the cables. */
function walk(marked: string) {
  const { text, offset } = readCursor(marked);
  const analysis = analyzeText(text);
  const [item] = prepareCallHierarchy(analysis, offset);
  if (item === undefined) return undefined;
  const show = (links: readonly HierarchyLink[]) =>
    links.map(({ item: { kind, name }, at }) => {
      const ends = at.map(({ range }) => text.slice(range.start, range.end));
      return `${kind} ${name}: ${ends.join(", ")}`;
    });
  return {
    item: `${item.kind} ${item.name} (${item.detail})`,
    whole: text.slice(item.at.range.start, item.at.range.end),
    name: text.slice(item.nameAt.range.start, item.nameAt.range.end),
    in: show(incomingLinks(analysis, item)),
    out: show(outgoingLinks(analysis, item)),
  };
}

describe("links in and out of a node", () => {
  test.each([
    ["where it is declared", lab.replace('name = "a"', 'name = "$0a"')],
    ["where a link names it", lab.replace('dst = "a:', 'dst = "a$0:')],
  ])("%s", (_, marked) => {
    expect(walk(marked)).toEqual({
      item: "node a (nvidia_cumulus)",
      whole: '{ name = "a", model = "nvidia_cumulus" }',
      name: "a",
      in: ["node c: c::swp1"],
      out: ["node b: a::swp1, a::swp2", "bridge lan: a::swp4"],
    });
  });

  test("a bridge has its nodes, and leads nowhere", () => {
    expect(walk(lab.replace("lan", "la$0n"))).toMatchObject({
      item: "bridge lan (bridge, 2 ports)",
      in: ["node a: a::swp4", "node c: c::swp2"],
      out: [],
    });
  });

  test("numbered ports of the first dialect", () => {
    const first = `devices = [{ name = "a", device_model = "blank" }, { name = "b", device_model = "blank" }]
connections = [{ device_a = "$0a", interface_a = 3, device_b = "b", interface_b = 4 }]`;
    expect(walk(first)).toMatchObject({ in: [], out: ["node b: 3"] });
  });

  test("what is no node has no hierarchy", () => {
    expect(walk(lab.replace('name = "x"', 'name = "$0x"'))).toBeUndefined();
    expect(walk(lab.replace("nobody", "no$0body"))).toBeUndefined();
  });
});
