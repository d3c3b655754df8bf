import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { analyzeText } from "./support/analyze.js";
import { actingShapes, anchor, manifestPage } from "./reference-page.js";
import { introductions } from "./reference-page-texts.js";

const docs = new URL("../../../docs/", import.meta.url);

describe("docs/manifest.md", () => {
  test("is made from the key table: npm run generate -w packages/topology", async () => {
    await expect(manifestPage()).toMatchFileSnapshot(fileURLToPath(new URL("manifest.md", docs)));
  });

  test("names every key, and introduces no table that there is not", () => {
    const page = manifestPage();
    for (const { keys } of actingShapes()) for (const name of keys.keys()) expect(page).toContain(`\`${name}\``);
    expect([...introductions.keys()].sort()).toEqual(
      actingShapes()
        .map(({ title }) => title)
        .sort(),
    );
  });

  test("shows examples without a finding", () => {
    const examples = [...manifestPage().matchAll(/^```toml\n(.*?)^```$/gms)].map(([, example]) => example ?? "");
    expect(examples).toHaveLength(4);
    for (const example of examples) expect(analyzeText(example).findings).toEqual([]);
  });

  test.each(["manifest.md", "command-line.md"])("links of %s lead somewhere", (file) => {
    const page = file === "manifest.md" ? manifestPage() : readFileSync(new URL(file, docs), "utf8");
    for (const [, target = ""] of page.matchAll(/\]\(([^)]+)\)/g)) {
      const [path = "", fragment] = target.split("#");
      const linked = path === "" ? page : readFileSync(new URL(path, docs), "utf8");
      const headings = [...linked.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchor(heading));
      if (fragment !== undefined) expect(headings, target).toContain(fragment);
    }
  });
});
