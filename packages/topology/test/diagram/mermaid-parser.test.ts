import { builtinCatalogue } from "@labscape/devices";
import { analyze, mermaidDiagram } from "@labscape/topology";
import DOMPurify from "dompurify";
import mermaid from "mermaid";
import { beforeAll, describe, expect, test } from "vitest";

beforeAll(() => {
  // Without a browser there is nothing to purify in, and mermaid's parser only needs the functions to be there.
  Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text });
});

function draw(manifest: string): string {
  return mermaidDiagram(analyze(manifest, { file: "lab.toml", catalogue: builtinCatalogue }).lab).source;
}

describe("mermaid's own parser", () => {
  test("is at work here", async () => {
    await expect(mermaid.parse("flowchart LR\n  a ---|no end")).rejects.toThrow("Parse error");
  });

  test.each([
    ['"'],
    ["[x] (y) {z} |w|"],
    ["<b>bold</b> & `code`"],
    ["back\\slash"],
    ["end"],
    ["%% no comment"],
    ["#35; ; --> ---"],
    ["é😀漢"],
    ["**strong** _em_"],
    ["two\nlines"],
  ])("accepts the label %j, and nodes named like its keywords", async (label) => {
    const source = draw(`name = "x"
nodes = [{ name = "end", model = "tiny_linux" }, { name = "graph", model = "frr_linux" }]
links = [{ src = "end::eth1", dst = "graph::eth1", label = ${JSON.stringify(label)} }]
`);
    expect(source).toContain("---|");
    await expect(mermaid.parse(source)).resolves.toMatchObject({ diagramType: "flowchart-v2" });
  });

  test("accepts groups, bridges, directions and links that are down", async () => {
    const source = draw(`name = "x"
nodes = [
  { name = "subgraph", model = "tiny_linux", group = "end" },
  { name = "b", model = "frr_linux", group = "end" },
]
links = [{ src = "subgraph::eth1", dst = "b::eth1", state = "down" }]
bridges = [{ name = "style", links = ["subgraph::eth2", "b::eth2"] }]
[groups.end]
[diagram]
direction = "BT"
`);
    expect(source).toContain("subgraph group_end");
    await expect(mermaid.parse(source)).resolves.toMatchObject({ diagramType: "flowchart-v2" });
  });
});
