import { describe, expect, test } from "vitest";
import { complete, type Providers } from "@labscape/topology";
import { samples } from "../samples/index.js";
import { analyzeText } from "../support/analyze.js";
import { brokenBefore, brokenBy, halfTyped } from "../support/half-typed.js";

const providers: Providers = {
  listFolder: () => [
    { name: "day0", folder: true },
    { name: 'strange "name"', folder: true },
    { name: "a.cfg", folder: false },
  ],
  imageVersions: () => ["1.0"],
};

describe.each(Object.entries(samples))("%s", (_, sample) => {
  test("no completion, wherever it is accepted, makes a text wrong that was right", { timeout: 60_000 }, () => {
    const seen = new Set<string>();
    for (const { text, offset } of halfTyped(sample)) {
      const before = brokenBefore(text, offset);
      const kinds = new Set<string>();
      for (const item of complete(analyzeText(text, providers), offset)) {
        // Of a list of names one tells as much as all.
        const kind = `${item.kind} ${item.snippet}${item.kind === "key" || item.kind === "snippet" ? item.label : ""}`;
        if (kinds.has(kind)) continue;
        kinds.add(kind);
        const broken = brokenBy(text, offset, before, item);
        if (broken.length > 0) {
          const line = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
          seen.add(
            `${line.slice(-40)}$0${JSON.stringify(text.slice(offset, offset + 15))} + ${item.kind} ${item.label} (${item.newText}): ${broken.join("; ")}`,
          );
        }
      }
    }
    expect([...seen]).toEqual([]);
  });
});
