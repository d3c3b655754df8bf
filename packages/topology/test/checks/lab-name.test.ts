import { describe, expect, test } from "vitest";
import { analyzeText, FILE } from "../support/analyze.js";

const range = { start: 8, end: 12 };
const at = (file: string): { file: string; range: typeof range } => ({ file, range });

function check(text: string, files: readonly string[], included: Readonly<Record<string, string>> = {}) {
  const { findings } = analyzeText(text, {
    labsNamed: (name) => (name === "main" ? files.map(at) : []),
    readInclude: (path) => {
      const content = included[path];
      return content === undefined ? null : { file: `/labs/${path}`, text: content };
    },
  });
  return findings.filter(({ code }) => code === "lab-name-taken");
}

describe("lab-name-taken", () => {
  test("points at the name, and at the others'", () => {
    const [finding, ...more] = check('name = "main"\nnodes = []\n', ["/labs/b.lab.toml", "/labs/c.lab.toml"]);
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ file: FILE, range, related: [at("/labs/b.lab.toml"), at("/labs/c.lab.toml")] });
    expect(finding?.message).toContain("b.lab.toml and 1 more");
  });

  test("of the first dialect is the id", () => {
    expect(check('id = "main"\ndevices = []\n', ["/labs/b.lab.toml"])).toHaveLength(1);
  });

  test.each([
    ["the manifest itself", 'name = "main"\nnodes = []\n', [FILE]],
    ["a file that it includes", 'name = "main"\ninclude = ["base.toml"]\n', ["/labs/base.toml"]],
    ["another name", 'name = "other"\nnodes = []\n', ["/labs/b.lab.toml"]],
    ["no name", 'name = ""\nnodes = []\n', ["/labs/b.lab.toml"]],
  ])("is not found in %s", (_what, text, files) => {
    expect(check(text, files, { "base.toml": 'name = "main"\nnodes = []\n' })).toEqual([]);
  });
});
