// Packs the extension:  node scripts/package.mjs [FILE]      (default: labscape-VERSION.vsix in the checkout)
// Says how big it is and what in it is big; fails when it is bigger than the limit.
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { root, run } from "./setup/commands.mjs";
import { complain, say, SetupError, step } from "./setup/progress.mjs";

/** Bytes. */
const limit = 4 * 1024 * 1024;

try {
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = resolve(process.argv[2] ?? join(root, `${name}-${version}.vsix`));
  await step("extension", () => run(process.execPath, [join(root, "scripts/bundles.mjs"), "--minify"]));
  await step("package", () =>
    run(process.execPath, [
      join(root, "node_modules/@vscode/vsce/vsce"),
      "package",
      "--no-dependencies",
      "--no-rewrite-relative-links",
      "--out",
      file,
    ]),
  );
  const { size } = statSync(file);
  for (const entry of entries(readFileSync(file)).slice(0, 8)) say(`  ${kilobytes(entry.packed)}  ${entry.name}`);
  say(`${kilobytes(size)}  ${file}`);
  if (size > limit) {
    throw new SetupError(`The package is bigger than ${kilobytes(limit).trim()}.`, "see the biggest files above");
  }
} catch (error) {
  complain(error);
  process.exitCode = 1;
}

function kilobytes(bytes) {
  return `${Math.ceil(bytes / 1024)} KB`.padStart(9);
}

/** The files in a zip, the biggest first, from its central directory (APPNOTE.TXT 4.3.12). */
function entries(zip) {
  const found = [];
  for (let at = zip.readUInt32LE(zip.lastIndexOf("PK\x05\x06") + 16); zip.readUInt32LE(at) === 0x02014b50;) {
    const nameLength = zip.readUInt16LE(at + 28);
    found.push({ packed: zip.readUInt32LE(at + 20), name: zip.toString("utf8", at + 46, at + 46 + nameLength) });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found.sort((a, b) => b.packed - a.packed);
}
