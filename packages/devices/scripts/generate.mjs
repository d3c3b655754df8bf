/*
 * Puts the model files and the templates into TypeScript, so that the package reads nothing at run time and runs in a browser.
 * `node scripts/generate.mjs` writes src/generated; a test compares `generate()` with what is checked in.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "smol-toml";

const folder = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

const banner = "// Made by scripts/generate.mjs: change the source and run `npm run generate`.\n";

const record = (name, type, entries) =>
  `${banner}export const ${name}: Readonly<Record<string, ${type}>> = {\n${entries
    .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},\n`)
    .join("")}};\n`;

async function filesBelow(root) {
  const entries = await readdir(root, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(root, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    }),
  );
  return found.flat().sort();
}

async function models() {
  const files = (await filesBelow(folder("models"))).filter((file) => file.endsWith(".toml"));
  return Promise.all(files.map(async (file) => [basename(file, ".toml"), parse(await readFile(file, "utf8"))]));
}

async function templates() {
  const root = folder("templates");
  const files = await filesBelow(root);
  return Promise.all(
    files.map(async (file) => [relative(root, file).split(sep).join("/"), await readFile(file, "utf8")]),
  );
}

/** Path of each generated file and its text. */
export async function generate() {
  return [
    [folder("src/generated/models.ts"), record("modelFiles", "unknown", await models())],
    [folder("src/generated/templates.ts"), record("templates", "string", await templates())],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [file, text] of await generate()) await writeFile(file, text);
}
