import { describe, expect, test } from "vitest";
import { maxTextLength, parseToml, toPlainValue, type TomlDocument } from "@labscape/topology";
import { samples } from "../samples/index.js";
import { typing } from "../support/typing.js";
import * as manifests from "./manifests.js";
import { rangesOf } from "./ranges.js";

/** All that a document says. */
function contentsOf(document: TomlDocument): unknown {
  return { ranges: rangesOf(document), errors: document.errors, value: toPlainValue(document.root) };
}

/** One comparison of strings, as there are very many. */
function serialize(document: TomlDocument): string {
  return JSON.stringify(contentsOf(document), (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

const texts = { ...manifests, ...samples };

describe("a document that takes over what stands unchanged from the one before", () => {
  test.each(Object.entries(texts))(
    "%s, edited: is the same as one that is read anew",
    { timeout: 60_000 },
    (_, whole) => {
      for (let seed = 0; seed < 5; seed++) {
        const base = (seed % 3) * maxTextLength;
        let before = parseToml(whole, { base });
        for (const text of typing(whole, seed, 30)) {
          const previous = before.text;
          const document = parseToml(text, { base, previous: before });
          const fresh = parseToml(text, { base });
          if (serialize(document) !== serialize(fresh)) {
            const where = `${JSON.stringify(text)}\nafter\n${JSON.stringify(previous)}`;
            expect(contentsOf(document), where).toEqual(contentsOf(fresh));
          }
          before = document;
        }
      }
    },
  );

  test("keeps the tables that only move, above and below headers", () => {
    const text = `nodes = [\n  { name = "a" },\n  { name = "b" },\n]\n[[links]]\nsrc = "a"\n[groups.g]\nx = 1\n`;
    const tablesOf = ({ root }: TomlDocument): unknown[] => {
      const nodes = root.entries.get("nodes")?.value;
      const links = root.entries.get("links")?.value;
      const groups = root.entries.get("groups")?.value;
      return [
        ...(nodes?.kind === "array" ? nodes.items : []),
        ...(links?.kind === "table-array" ? links.items : []),
        groups?.kind === "table" ? groups.entries.get("g")?.value : undefined,
      ];
    };
    const before = parseToml(text);
    const [a, b, link, group] = tablesOf(before);
    const after = tablesOf(parseToml(text.replace('"a" }', '"aa" }'), { previous: before }));
    expect(after).toHaveLength(4);
    expect(after[0]).not.toBe(a);
    expect(after[1]).toBe(b);
    expect(after[2]).toBe(link);
    expect(after[3]).toBe(group);
  });
});
