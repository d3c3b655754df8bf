import { describe, expect, test } from "vitest";
import { rename } from "@labscape/topology";
import { analyzeText, findingsOf } from "../support/analyze.js";
import { applyCompletion, applyEdits, labelsAt } from "../support/features.js";
import { analyzeFiles } from "../support/files.js";

const lab = `name = "x"
nodes = [{ name = "a", model = "tiny_linux" }, { name = "b-1", model = "tiny_linux" }]
bridges = [{ name = "lan", links = ["a::eth1", "b-1::eth1"] }]
`;

describe("saved positions", () => {
  test.each([
    ["a table of them", "[diagram.nodes]\na = { x = 1, y = -2 }\nb-1 = { x = 3, y = 4 }\n"],
    ["a table each", "[diagram.nodes.a]\nx = 1\ny = -2\n[diagram.nodes.b-1]\ny = 4\nx = 3\n"],
    ["dotted keys", "[diagram]\nnodes.a.x = 1\nnodes.a.y = -2\nnodes.'b-1' = { x = 3, y = 4 }\n"],
    ["one value", "[other]\n[diagram]\nnodes = { a = { x = 1, y = -2 }, b-1.x = 3, b-1.y = 4 }\n"],
  ])("as %s", (_, text) => {
    const { nodes } = analyzeText(lab + text).lab.diagram;
    expect(nodes).toEqual({ a: { x: 1, y: -2 }, "b-1": { x: 3, y: 4 } });
  });

  test("half of one is none", () => {
    const text = `${lab}[diagram.nodes]\na = { x = 1 }\nb-1 = { x = 3, y = "4" }\n`;
    expect(analyzeText(text).lab.diagram.nodes).toEqual({});
    expect(findingsOf(text)).toEqual([`missing-key "{"`, `wrong-type "\\"4\\""`].map((each) => each));
  });

  test("of what is not there are reported, and removed by the mend", () => {
    const text = `${lab}[diagram]\nnodes.zed = { x = 1, y = 2 }\nbridges = { lam = { x = 1, y = 2 }, lan = { x = 0, y = 0 } }\n`;
    const { findings } = analyzeText(text);
    expect(findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      "key-has-no-effect: `zed` has no effect: there is no node of this name.",
      "key-has-no-effect: `lam` has no effect: there is no bridge of this name. Did you mean `lan`?",
    ]);
    const mended = applyEdits(
      text,
      findings.flatMap(({ fixes }) => fixes[0]?.edits ?? []),
    );
    expect(mended).toBe(`${lab}[diagram]\nbridges = { lan = { x = 0, y = 0 } }\n`);
  });

  test("merge coordinate by coordinate over included files, whose other positions may be another lab's", () => {
    const { analysis } = analyzeFiles(`include = ["common.toml"]
${lab}[diagram.nodes]
a.x = 5
#- common.toml
[diagram.nodes]
a = { x = 1, y = 2 }
c = { x = 1, y = 2 }
`);
    expect(analysis.lab.diagram.nodes).toEqual({ a: { x: 5, y: 2 }, c: { x: 1, y: 2 } });
    expect(analysis.findings.map(({ code }) => code)).toEqual(["missing-key"]);
  });

  test("go with the name", () => {
    const text = `${lab}[diagram.nodes.a]\nx = 1\ny = 2\n[diagram]\nbridges = { "lan" = { x = 1, y = 2 } }\nnodes.'b-1'.x = 1\n`;
    const after = (place: string, name: string) => {
      const result = rename(analyzeText(text), text.lastIndexOf(place) + 1, name);
      return "problem" in result ? result.problem : applyEdits(text, result.edits);
    };
    expect(after("b-1", "c")).toBe(text.replaceAll("b-1", "c"));
    expect(after("lan", "wan")).toBe(text.replaceAll("lan", "wan"));
    expect(after(".a]", "c")).toBe(text.replace('"a"', '"c"').replace("a::", "c::").replace(".a]", ".c]"));
  });

  test("are completed by the names of nodes and bridges", () => {
    expect(labelsAt(`${lab}[diagram.nodes]\na = { x = 1, y = 2 }\n$0\n`)).toContain("b-1");
    expect(labelsAt(`${lab}[diagram.nodes]\na = { x = 1, y = 2 }\n$0\n`)).not.toContain("a");
    expect(labelsAt(`${lab}[diagram.bridges]\n$0\n`)).toContain("lan");
    const text = applyCompletion(`${lab}[diagram.bridges]\n$0\n`, "lan");
    expect(text).toContain("[diagram.bridges]\nlan = { x = 0$0, y = 0 }");
  });
});

describe("notes", () => {
  test("of the strongest file that has any", () => {
    const { analysis } = analyzeFiles(`include = ["common.toml"]
${lab}[[diagram.notes]]
text = "one\\ntwo"
x = 1
y = 2
#- common.toml
diagram.notes = [{ text = "other", x = 0, y = 0 }]
`);
    expect(analysis.lab.diagram.notes).toMatchObject([{ text: "one\ntwo", x: 1, y: 2 }]);
    expect(analysis.findings).toEqual([]);
  });
});
