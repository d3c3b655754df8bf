import { describe, expect, test } from "vitest";
import { parseToml } from "@labscape/topology";
import { factsOf, pairsOf, type Fact } from "./facts.js";
import * as manifests from "./manifests.js";

/** How many of the facts that do not stand on the broken line are still there. */
function keptFacts(
  intact: readonly Fact[],
  broken: string,
  line: number,
): { kept: number; total: number; lost: Fact[] } {
  const document = parseToml(broken);
  const found = new Set<string>();
  for (const { path, key, value, anchor } of factsOf(document)) {
    found.add(`${path}.${key}=${value}@${anchor}`).add(`${path}.${key}=${value}`);
  }
  const anywhere = new Set(pairsOf(document));
  const elsewhere = intact.filter(({ lines: [first, last] }) => line < first || line > last);
  const lost = elsewhere.filter(({ path, key, value, anchor, anchorLine, ancestors }) => {
    // Without its header or opener nothing tells where a fact belongs; it must only be readable.
    if (ancestors.includes(line)) return !anywhere.has(`${key}=${value}`);
    return !found.has(anchorLine === line ? `${path}.${key}=${value}` : `${path}.${key}=${value}@${anchor}`);
  });
  return { kept: elsewhere.length - lost.length, total: elsewhere.length, lost };
}

/** Each line replaced by each of its prefixes that is shorter than the line. */
function* halfTyped(
  text: string,
): Generator<{ readonly broken: string; readonly line: number; readonly prefix: string }> {
  const lines = text.split("\n");
  for (const [line, whole] of lines.entries()) {
    for (let length = 0; length < whole.length; length++) {
      const prefix = whole.slice(0, length);
      yield { broken: lines.with(line, prefix).join("\n"), line, prefix };
    }
  }
}

describe("half-typed lines", () => {
  test.each(Object.entries(manifests))("%s: the facts of all other lines stay", (_, text) => {
    const intact = factsOf(parseToml(text));
    let kept = 0;
    let total = 0;
    let worst = { share: 1, line: -1, prefix: "", lost: [] as readonly Fact[] };
    for (const { broken, line, prefix } of halfTyped(text)) {
      const state = keptFacts(intact, broken, line);
      kept += state.kept;
      total += state.total;
      const share = state.kept / state.total;
      if (share < worst.share) worst = { share, line, prefix, lost: state.lost };
    }
    expect(kept / total).toBeGreaterThanOrEqual(0.97);
    expect(worst.share, JSON.stringify(worst)).toBeGreaterThanOrEqual(0.8);
  });
});
