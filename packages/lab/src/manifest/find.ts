import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { isManifest } from "@labscape/topology";
import { LabError } from "../errors.js";
import { readManifestText } from "./read-text.js";

/**
 * The one manifest in a folder: `*.lab.toml`, `lab.toml`, or a `manifest.toml` that describes a lab.
 * @throws LabError `manifest-not-found`, `several-manifests`.
 */
export async function findManifest(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".toml")).sort();
  const found = await manifestsAmong(directory, names);
  const [first, second] = found;
  if (first === undefined) {
    throw new LabError(
      "manifest-not-found",
      `there is no manifest in ${directory}`,
      "Name one, or write one: a file that ends in .lab.toml.",
    );
  }
  if (second === undefined) return first;
  throw new LabError(
    "several-manifests",
    `there are several manifests in ${directory}`,
    `Name one of them: ${found.map((file) => path.basename(file)).join(", ")}`,
  );
}

/**
 * Every manifest in a folder and the folders in it, in the order of their paths. Links to folders are not followed; hidden
 * folders and `node_modules` are left out.
 * @throws LabError `manifest-not-found`, `file-not-found`, `permission-denied`.
 */
export async function findManifests(directory: string): Promise<readonly string[]> {
  const found = await manifestsBelow(directory);
  if (found.length > 0) return found;
  throw new LabError(
    "manifest-not-found",
    `there is no manifest in ${directory} or the folders in it`,
    "Name one, or write one: a file that ends in .lab.toml.",
  );
}

async function manifestsBelow(directory: string): Promise<readonly string[]> {
  const entries = await foldersAndFiles(directory);
  const names = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
  const found = [await manifestsAmong(directory, names.filter((name) => name.endsWith(".toml")).sort())];
  for (const { name } of entries.filter((entry) => entry.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1)))
    if (!name.startsWith(".") && name !== "node_modules") found.push(await manifestsBelow(path.join(directory, name)));
  return found.flat();
}

async function foldersAndFiles(directory: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(directory, { withFileTypes: true });
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR");
    if (missing)
      throw new LabError("file-not-found", `there is no folder ${directory}`, "Name a manifest or a folder.", {
        cause,
      });
    throw new LabError("permission-denied", `${directory} cannot be read`, "Check its permissions.", { cause });
  }
}

/** The manifests among the `.toml` files of a folder. */
async function manifestsAmong(directory: string, names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of names) {
    const file = path.join(directory, name);
    const byName = isManifest(name, "");
    if (byName || (name === "manifest.toml" && isManifest(name, await readManifestText(file)))) found.push(file);
  }
  return found;
}
