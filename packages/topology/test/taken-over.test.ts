import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
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

  test("holds nothing of the versions before the last but what it has taken over", async () => {
    const gone: WeakRef<object>[] = [];
    let analysis = analyze(samples.currentDialect, { file: FILE, catalogue: builtinCatalogue });
    for (let version = 1; version <= 20; version++) {
      gone.push(...firstTable(analysis));
      const text = samples.currentDialect.replace("dev1", `dev1${"x".repeat(version)}`);
      analysis = analyze(text, { file: FILE, catalogue: builtinCatalogue, previous: analysis });
    }
    await collectGarbage();
    expect(gone).toHaveLength(20);
    expect(gone.filter((table) => table.deref() !== undefined)).toEqual([]);
    // The last one is in use until here.
    expect(analysis.manifest.nodes[0]?.name?.value).toBe(`dev1${"x".repeat(20)}`);
  });
});

/** Of the first node; in a function of its own, as a variable may live on after its block. */
function firstTable({ manifest }: Analysis): readonly WeakRef<object>[] {
  return manifest.nodes.slice(0, 1).map(({ table }) => new WeakRef(table));
}

/** Whatever is referred to by nothing is gone afterwards. */
async function collectGarbage(): Promise<void> {
  // What weak references were asked for stays until the end of the job.
  await new Promise((resolve) => setImmediate(resolve));
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}
