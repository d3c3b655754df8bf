import type { Catalogue, DeviceModel, SeedFile } from "@labscape/devices";
import { items, type Cell, type Family } from "./families.js";

const banner = "<!-- Generated: change the test's families and run `npm run generate -w packages/devices`. -->\n\n";

/** docs/models/first-boot.md: what the generated data brings to each family of devices. */
export function familiesPage(families: readonly Family[], catalogue: Catalogue): string {
  const rows = families.map(({ title, cells }) => [title, ...items.map((item) => mark(cells[item]))]);
  return [
    `${banner}# First boot by family\n\n`,
    "What the data that Labscape generates brings to a device: ✓ written into it, ● there from the start, – not. Each ✓ is ",
    "proved by a test that reads the data as the device does and finds the setting; that a real device takes it is proved for ",
    "models whose [proof](README.md) is `booted` alone.\n\n",
    table([["", ...items], ["---", ...items.map(() => ":-:")], ...rows]),
    ...families.map((family) => section(family, catalogue)),
  ].join("");
}

function mark(cell: Cell): string {
  if (typeof cell === "string" || "says" in cell) return "✓";
  return "always" in cell ? "●" : "–";
}

function section(family: Family, catalogue: Catalogue): string {
  const { title, cells } = family;
  const names = modelsOf(family, catalogue).map(({ name }) => `\`${name}\``);
  const notes = items.flatMap((item) => {
    const cell = cells[item];
    if (typeof cell === "string") return [];
    return [`- ${item}: ${"note" in cell ? cell.note : "always" in cell ? cell.always : cell.not}`];
  });
  return `\n## ${title}\n\nModels: ${names.join(", ")}\n\n${notes.join("\n")}\n`;
}

/** The models whose files come from the templates of the family's model, with the same API switched on. */
export function modelsOf({ model: name }: Family, catalogue: Catalogue): readonly DeviceModel[] {
  const shown = catalogue.find(name)?.model.firstBoot;
  const sources = (files: readonly SeedFile[] = []): string => files.map(({ template }) => template).join();
  return catalogue.models.filter(
    ({ firstBoot: { files, options } }) =>
      sources(files) === sources(shown?.files) && options["api"] === shown?.options["api"],
  );
}

const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
