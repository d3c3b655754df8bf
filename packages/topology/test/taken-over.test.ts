import { describe, expect, test } from "vitest";
import { builtinCatalogue } from "@labscape/devices";
import {
  analyze,
  codeLenses,
  documentSymbols,
  foldingRanges,
  inlayHints,
  semanticTokens,
  type Analysis,
  type Providers,
} from "@labscape/topology";
import { samples } from "./samples/index.js";
import { FILE } from "./support/analyze.js";
import { typing } from "./support/typing.js";
import * as manifests from "./syntax/manifests.js";
import { rangesOf } from "./syntax/ranges.js";

/** Half of the files are there; one that is included gives a node and a group. */
const providers: Providers = {
  fileState: (path) => (path.length % 2 === 0 ? "present" : "absent"),
  readInclude: (path) =>
    path === "part.toml"
      ? {
          file: "/labs/part.toml",
          text: 'nodes = [{ name = "shared", model = "frr_linux" }]\n[groups.leaf]\nmemory = 512\n',
        }
      : null,
};

/** All that an analysis says. */
function contentsOf(analysis: Analysis): unknown {
  const { findings, lab, text, dialect, sources } = analysis;
  return {
    findings,
    dialect,
    lab: { ...lab, nodes: lab.nodes.map(({ model, ...node }) => ({ ...node, model: model.name })) },
    ranges: sources.map(({ syntax }) => rangesOf(syntax)),
    symbols: documentSymbols(analysis),
    folds: foldingRanges(analysis),
    tokens: semanticTokens(analysis),
    lenses: codeLenses(analysis),
    hints: inlayHints(analysis, { start: 0, end: text.length }),
  };
}

/** One comparison of strings, as there are very many. */
function serialize(contents: unknown): string {
  return JSON.stringify(contents, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

const texts = { ...manifests, ...samples, "with an include": `include = ["part.toml"]\n${manifests.headers}` };

describe("an analysis that takes over what is the same in the version before", () => {
  test.each(Object.entries(texts))(
    "%s, edited: is the same as one that is made anew",
    { timeout: 60_000 },
    (_, whole) => {
      const options = { file: FILE, catalogue: builtinCatalogue, providers };
      for (let seed = 0; seed < 3; seed++) {
        let before = analyze(whole, options);
        let said = serialize(contentsOf(before));
        for (const text of typing(whole, 1000 + seed, 20)) {
          const after = analyze(text, { ...options, previous: before });
          const fresh = analyze(text, options);
          const expected = serialize(contentsOf(fresh));
          const where = `${JSON.stringify(text)}\nafter\n${JSON.stringify(before.text)}`;
          if (serialize(contentsOf(after)) !== expected) expect(contentsOf(after), where).toEqual(contentsOf(fresh));
          // What was given away is made anew when it is asked for.
          if (seed === 0 && serialize(contentsOf(before)) !== said)
            expect.fail(`The version before has changed: ${where}`);
          before = after;
          said = expected;
        }
      }
    },
  );

  test("keeps what is declared by rows that only move", () => {
    const options = { file: FILE, catalogue: builtinCatalogue };
    const text = samples.currentDialect;
    const before = analyze(text, options);
    const { nodes, links } = before.manifest;
    const after = analyze(text.replace("two-switches", "two"), { ...options, previous: before });
    expect(after.manifest.nodes[1]).toBe(nodes[1]);
    expect(after.manifest.links[0]).toBe(links[0]);
    expect(text.slice(before.manifest.nodes[1]?.name?.range.start).startsWith("dev2")).toBe(true);
  });
});
