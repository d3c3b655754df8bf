import { describe, expect, test } from "vitest";
import { convertDialect, type Dialect } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";
import { Dice, generateManifest } from "./generate.js";
import { labOf } from "./lab-of.js";

/** A manifest that mixes the dialects: some of the edits of its conversion have been made. */
function mixedManifest(dice: Dice, dialect: Dialect, to: Dialect): string {
  const text = generateManifest(dice, dialect, false);
  const result = convertDialect(analyzeText(text), to);
  if ("problems" in result) throw new Error(text);
  return applyEdits(
    text,
    result.edits.filter(() => dice.chance(2)),
  );
}

describe.each<[Dialect, Dialect]>([
  ["current", "first"],
  ["first", "current"],
])("manifests on their way from the %s dialect to the %s one", (from, into) => {
  test.each([from, into])("become whole in the %s dialect, or are refused", (to) => {
    let converted = 0;
    for (let seed = 0; seed < 200; seed++) {
      const text = mixedManifest(new Dice(seed), from, into);
      const analysis = analyzeText(text);
      const result = convertDialect(analysis, to);
      if ("problems" in result) continue;
      converted++;
      const whole = applyEdits(text, result.edits);
      const where = `seed ${seed}\n${text}\n--- becomes\n${whole}`;
      const { dialect, findings } = analyzeText(whole);
      if (analysis.manifest.nodes.length > 0) expect(dialect, where).toBe(to);
      expect(
        findings.filter(({ code }) => code === "mixed-dialects"),
        where,
      ).toEqual([]);
      expect(labOf(whole), where).toEqual(labOf(text));
    }
    expect(converted).toBeGreaterThan(50);
  });
});
