import { describe, expect, test } from "vitest";
import { analyzeText } from "../support/analyze.js";
import { check } from "../support/check.js";

const b = '{ name = "b", model = "nvidia_cumulus" }';

describe("nodes", () => {
  test("a node without a known model does not make findings about its ports", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nonsense" }, ${b}]
#                               ^^^^^^^^ unknown-model
links = [{ src = "a::anything", dst = "b::swp1" }]`);
  });

  test("an unknown model in a group is reported there, once", () => {
    check(`name = "x"
nodes = [{ name = "a", group = "g" }, { name = "b", group = "g" }]
[groups.g]
model = "nonsense"
#        ^^^^^^^^ unknown-model`);
  });

  test("a port of defaults that no node has", () => {
    check(`name = "x"
nodes = [{ name = "a", model = "nvidia_cumulus" }]
[defaults.interfaces]
swp1.mtu = 9000
Ethernet7.mtu = 9000
^^^^^^^^^ key-has-no-effect`);
  });

  test("memory that a node takes over is reported at the node", () => {
    check(`name = "x"
nodes = [{ name = "r", model = "cisco_iosv" }, { name = "s", model = "tiny_linux" }]
#                  ^ memory-below-model-minimum
links = [{ src = "r::gig0/1", dst = "s::eth1" }]
[defaults]
memory = 128`);
  });

  test("a key of defaults that acts on one node is right", () => {
    const text = (model: string) => `name = "x"
nodes = [{ name = "r", model = "cisco_iosv" }, { name = "s", model = "${model}" }]
bridges = [{ name = "lan", links = ["r::gig0/1", "s::XXX"] }]
[defaults]
startup_scripts = ["a.sh"]`;
    check(text("debian_linux").replace("XXX", "eth1"));
    check(`${text("cisco_iosv").replace("XXX", "gig0/1")}\n^^^^^^^^^^^^^^^ key-has-no-effect`);
  });

  test.each([
    ["itself", 'depends_on = ["a"]\n#              ^ dependency-cycle'],
    ["nobody", 'depends_on = ["c"]\n#              ^ unknown-node'],
  ])("waiting for %s", (_, line) => check(`name = "x"\n[[nodes]]\nname = "a"\nmodel = "nvidia_cumulus"\n${line}`));

  test("a long chain is no cycle", () => {
    const rows = Array.from({ length: 5000 }, (_, index) => {
      const waits = index === 0 ? "" : `, depends_on = ["n${index - 1}"]`;
      return `  { name = "n${index}", model = "nvidia_cumulus"${waits} },`;
    });
    const { findings } = analyzeText(`name = "x"\nnodes = [\n${rows.reverse().join("\n")}\n]`);
    expect(findings.filter(({ code }) => code !== "unconnected-node")).toEqual([]);
  });
});
