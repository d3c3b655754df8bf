import { builtinCatalogue } from "@labscape/devices";
import { analyze, mermaidDiagram } from "@labscape/topology";
import { describe, expect, it } from "vitest";

function draw(text: string): ReturnType<typeof mermaidDiagram> {
  return mermaidDiagram(analyze(text, { file: "lab.toml", catalogue: builtinCatalogue }).lab);
}

describe("mermaidDiagram", () => {
  it("draws nodes by role, links with ports, states, labels, bridges and groups", () => {
    const { source, nodes } = draw(`
name = "all"
[[nodes]]
name = "end"
model = "tiny_linux"
[[nodes]]
name = "r-1"
model = "frr_linux"
group = "core"
[[nodes]]
name = "r2"
model = "frr_linux"
group = "core"
[groups.core]
[[links]]
src = "end::eth1"
dst = "r-1::eth1"
label = 'up "link" #1'
[[links]]
src = "r-1::eth2"
dst = "r2::eth2"
state = "down"
[[bridges]]
name = "lan"
links = ["end::eth2", "r2::eth1"]
[diagram]
direction = "TB"
`);
    expect(source).toMatchInlineSnapshot(`
      "flowchart TB
        node_end("end<br/>Tiny Linux"):::host
        subgraph group_core ["core"]
          node_r_2d_1(["r-1<br/>FRRouting on Linux"]):::router
          node_r2(["r2<br/>FRRouting on Linux"]):::router
        end
        bridge_lan[["lan"]]:::bridge
        node_end ---|"eth2"| bridge_lan
        node_r2 ---|"eth1"| bridge_lan
        node_end ---|"up #34;link#34; #35;1<br/>eth1 — eth1"| node_r_2d_1
        node_r_2d_1 -.-|"eth2 — eth2"| node_r2
      "
    `);
    expect([...nodes]).toEqual([
      ["node_end", "end"],
      ["node_r_2d_1", "r-1"],
      ["node_r2", "r2"],
    ]);
  });

  it("draws an empty lab as a chart without nodes", () => {
    expect(draw("").nodes.size).toBe(0);
  });
});
