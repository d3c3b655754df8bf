import { builtinCatalogue } from "@labscape/devices";
import { describe, expect, it } from "vitest";
import { modelOf } from "../nodes.js";
import { familiesPage, modelsOf } from "./families-page.js";
import { families, items } from "./families.js";
import { readers } from "./grammars/index.js";
import { everything, rendered, withFiles } from "./rendered.js";

describe.each(families)("first boot of $title", ({ model: name, cells }) => {
  const model = modelOf(name);
  const user = model.firstBoot.supports.includes("user") ? { user: "lab" } : {};

  it.each(items)("brings the %s as the page says", async (item) => {
    const cell = cells[item];
    const said = typeof cell === "string" ? cell : "says" in cell ? cell.says : undefined;
    if (said === undefined) return;
    const files = await rendered(model, { ...everything(model, "core"), ...user });
    const lines = [...files].flatMap(
      ([template, text]) => readers[template]?.(text).map((words) => words.join(" ")) ?? [],
    );
    expect(lines.filter((line) => line.startsWith(said))).not.toEqual([]);
  });
});

describe("docs/models/first-boot.md", () => {
  it("has a line for every model that files are made for", () => {
    const shown = families.flatMap((family) => modelsOf(family, builtinCatalogue));
    expect(withFiles.filter((model) => !shown.includes(model)).map(({ name }) => name)).toEqual([]);
  });

  it("says what is tested here", async () => {
    await expect(familiesPage(families, builtinCatalogue)).toMatchFileSnapshot("../../../../docs/models/first-boot.md");
  });
});
