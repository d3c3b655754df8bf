import { readFile } from "node:fs/promises";
import { builtinCatalogue, readModels } from "@labscape/devices";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import { cataloguePage, keysPage } from "./reference-pages.js";

describe("reference pages", () => {
  it.each([
    ["README.md", cataloguePage(builtinCatalogue)],
    ["keys.md", keysPage()],
  ])("docs/models/%s is what models and schema say", async (file, text) => {
    await expect(text).toMatchFileSnapshot(`../../../docs/models/${file}`);
  });
});

describe("docs/models.md", () => {
  it("shows model files that read without a problem", async () => {
    const page = await readFile(new URL("../../../docs/models.md", import.meta.url), "utf8");
    const examples = [...page.matchAll(/```toml\n(.*?)```/gs)].map((match) => match[1] ?? "");
    expect(examples).toHaveLength(4);
    for (const example of examples)
      expect(readModels([[{ file: "a.toml", value: parse(example) }]]).files.get("a.toml")?.problems).toEqual([]);
  });
});
