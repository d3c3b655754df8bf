import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { modelFolders, type ModelFile } from "@labscape/topology";
import type { ModelReader } from "../models.js";
import { canonicalUri } from "../uri.js";

/** The device models of this machine's users. */
export const diskModels: ModelReader = (roots, named) => {
  const workspaces = roots.filter((root) => root.startsWith("file:")).map((root) => fileURLToPath(root));
  const folders = modelFolders({
    workspaces,
    named,
    environment: process.env,
    windows: process.platform === "win32",
  }).map((folder) => path.resolve(workspaces[0] ?? ".", folder));
  return folders.map((folder) => ({ folder: uriOf(folder), files: filesOf(folder) }));
};

function filesOf(folder: string): readonly ModelFile[] {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".toml"));
  return names.sort().map((name) => {
    const file = path.join(folder, name);
    return { file: uriOf(file), text: readFileSync(file, "utf8") };
  });
}

function uriOf(place: string): string {
  return canonicalUri(pathToFileURL(place).href);
}
