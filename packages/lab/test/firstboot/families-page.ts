import type { Catalogue } from "@labscape/devices";
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

function section({ title, model: name, cells }: Family, catalogue: Catalogue): string {
  const shown = catalogue.find(name)?.model.firstBoot;
  const own = catalogue.models.filter(
    ({ firstBoot: { files, options } }) =>
      files.map(({ template }) => template).join() === shown?.files.map(({ template }) => template).join() &&
      options["api"] === shown.options["api"],
  );
  const notes = items.flatMap((item) => {
    const cell = cells[item];
    if (typeof cell === "string") return [];
    return [`- ${item}: ${"note" in cell ? cell.note : "always" in cell ? cell.always : cell.not}`];
  });
  return `\n## ${title}\n\nModels: ${own.map((model) => `\`${model.name}\``).join(", ")}\n\n${notes.join("\n")}\n`;
}

const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => `| ${row.join(" | ")} |\n`).join("");
