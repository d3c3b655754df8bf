import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Catalogue } from "@labscape/devices";
import { MODELS_FOLDER, modelFolders, readModelFiles, type Finding, type ModelFile } from "@labscape/topology";
import { LabError } from "../errors.js";
import { fileProviders } from "./providers.js";

export interface ModelSearch {
  /** Where to look for the workspace's models: in this folder and those above it, the nearest ones count. */
  readonly directory: string;
  /** Folders that the user names, by option or setting; the last one wins. They must exist. Relative to `directory`. */
  readonly named?: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface LoadedModels {
  readonly catalogue: Catalogue;
  /** What is wrong in model files; a file with an error gives no model. */
  readonly findings: readonly Finding[];
  /** Texts of the model files, by path. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads the device models of this machine: those that come with Labscape and over them users' own.
 * @throws LabError `folder-not-found` for a named folder, `permission-denied`.
 */
export async function loadModels({ directory, named = [], environment }: ModelSearch): Promise<LoadedModels> {
  const wanted = named.map((folder) => path.resolve(directory, folder));
  for (const folder of wanted) if (!(await isFolder(folder))) throw folderNotFound(folder);
  const workspace = await nearestWorkspace(path.resolve(directory));
  const folders = modelFolders({
    workspaces: workspace === undefined ? [] : [workspace],
    named: wanted,
    environment,
    windows: process.platform === "win32",
  });
  const files = await Promise.all(folders.map((folder) => readFolder(path.resolve(directory, folder))));
  const models = readModelFiles(files, fileProviders);
  return {
    catalogue: models.catalogue,
    findings: [...models.files.values()].flatMap(({ findings }) => findings),
    texts: new Map(files.flat().map(({ file, text }) => [file, text])),
  };
}

async function nearestWorkspace(directory: string): Promise<string | undefined> {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    if (await isFolder(path.join(folder, MODELS_FOLDER))) return folder;
    if (path.dirname(folder) === folder) return undefined;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false; // Absent or not to be seen: nothing can be read there either way.
  }
}

/** Its `*.toml` files in the order of their names; none where there is no such folder. */
async function readFolder(folder: string): Promise<readonly ModelFile[]> {
  if (!(await isFolder(folder))) return [];
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(".toml")).sort();
    return await Promise.all(
      names.map(async (name) => {
        const file = path.join(folder, name);
        return { file, text: await readFile(file, "utf8") };
      }),
    );
  } catch (cause) {
    throw new LabError("permission-denied", `the device models in ${folder} cannot be read`, "Check its permissions.", {
      cause,
    });
  }
}

function folderNotFound(folder: string): LabError {
  return new LabError(
    "folder-not-found",
    `there is no folder ${folder} for device models`,
    "Correct --models or the setting labscape.models.",
  );
}
