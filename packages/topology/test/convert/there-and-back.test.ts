import { describe, expect, test } from "vitest";
import { convertDialect, type Dialect } from "@labscape/topology";
import { analyzeText } from "../support/analyze.js";
import { applyEdits } from "../support/features.js";
import { Dice, generateManifest } from "./generate.js";
import { labOf } from "./lab-of.js";

const other = { current: "first", first: "current" } as const;

function convert(text: string, to: Dialect): string {
  const result = convertDialect(analyzeText(text), to);
  if ("problems" in result) throw new Error(`${JSON.stringify(result.problems)} in\n${text}`);
  const places = result.edits.flatMap(({ range }) => [range.start, range.end]);
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) throw new Error(`edits overlap in\n${text}`);
  return applyEdits(text, result.edits);
}

function commentsOf(text: string): readonly string[] {
  const { syntax } = analyzeText(text);
  return syntax.comments.map(({ start, end }) => text.slice(start, end)).sort();
}

/** Codes of all findings but those about the way a port is written. */
function codesOf(text: string): readonly string[] {
  return analyzeText(text)
    .findings.map(({ code }) => code)
    .filter((code) => code !== "port-name-not-canonical")
    .sort();
}

describe.each<Dialect>(["current", "first"])("generated manifests of the %s dialect", (dialect) => {
  const to = other[dialect];

  test("mean the same lab in the other one, with the same comments and findings, and come back to it", () => {
    for (let seed = 0; seed < 100; seed++) {
      const text = generateManifest(new Dice(seed), dialect, false);
      const there = convert(text, to);
      const back = convert(there, dialect);
      const where = `seed ${seed}\n${text}\n--- there\n${there}\n--- back\n${back}`;
      expect(analyzeText(text).dialect, where).toBe(dialect);
      expect(analyzeText(there).dialect, where).toBe(to);
      for (const result of [there, back]) {
        expect(labOf(result), where).toEqual(labOf(text));
        expect(commentsOf(result), where).toEqual(commentsOf(text));
        expect(
          codesOf(result).filter((code) => !code.startsWith("toml-1.1")),
          where,
        ).toEqual(codesOf(text).filter((code) => !code.startsWith("toml-1.1")));
      }
      expect(convert(there, to), where).toBe(there);
    }
  });

  test("that are written as a conversion writes come back as the same text", () => {
    for (let seed = 0; seed < 100; seed++) {
      const text = generateManifest(new Dice(seed), dialect, true);
      const there = convert(text, to);
      expect(convert(there, dialect), `seed ${seed}\n${there}`).toBe(text);
    }
  });
});
