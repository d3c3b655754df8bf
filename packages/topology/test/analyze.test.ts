import { describe, expect, test } from "vitest";
import { isManifest } from "@labscape/topology";
import { samples } from "./samples/index.js";
import { analyzeText, describeFinding } from "./support/analyze.js";

describe("analyze", () => {
  test("the first dialect's first example has nothing to complain about", () => {
    const { findings, lab, dialect } = analyzeText(samples.firstDialect);
    expect(findings).toEqual([]);
    expect(dialect).toBe("first");
    expect(lab.name).toBe("1e18b3bfe149");
    expect(lab.links.map(({ src, dst }) => [src.node, src.portName, dst.node, dst.portName])).toEqual([
      ["dev1", "swp1", "dev2", "swp1"],
    ]);
  });

  test("the lab is made once, and what has asked for it before is the same", () => {
    const analysis = analyzeText(samples.firstDialect);
    const { nodes } = analysis.lab;
    expect(analysis.lab.nodes).toBe(nodes);
  });

  test("both dialects mean the same lab", () => {
    const strip = (text: string) => {
      const { nodes, links } = analyzeText(text).lab;
      return {
        nodes: nodes.map((node) => ({ ...node, at: undefined, nameAt: undefined })),
        links: links.map(({ src, dst }) => [src.node, src.port, src.portName, dst.node, dst.port, dst.portName]),
      };
    };
    expect(strip(samples.firstDialect)).toEqual(strip(samples.currentDialect));
  });

  test.each([
    ["currentDialect", []],
    ["routedPair", ['unsupported-key "impairment"']],
    ["sharedSegment", []],
    ["layered", []],
    [
      "toolshed",
      [
        'unsupported-key "commands"',
        'unsupported-key "privileged"',
        'unsupported-key "ztp_server"',
        'unsupported-key "config_management"',
      ],
    ],
  ] as const)("the sample %s has only the findings that it must have", (name, expected) => {
    const text = samples[name];
    expect(analyzeText(text).findings.map((finding) => describeFinding(text, finding))).toEqual(expected);
  });
});

describe("isManifest", () => {
  test.each([
    ["/labs/quarry.lab.toml", "", true],
    ["/labs/lab.toml", "", true],
    ["file:///labs/manifest.toml", "nodes = []", true],
    ["C:\\labs\\manifest.toml", "[[connections]]", true],
    ["manifest.toml", "devices = [\n  { na", true],
    ["manifest.toml", "[package]\nname = 'links'", false],
    ["/labs/other.toml", "nodes = []", false],
    ["/labs/mylab.toml", "nodes = []", false],
  ])("%s holding %j: %j", (file, text, expected) => {
    expect(isManifest(file, text)).toBe(expected);
  });
});
