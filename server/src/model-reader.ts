import { MODELS_FOLDER, type ModelFile } from "@labscape/topology";
import type { ModelReader } from "./models.js";
import { resolvePath } from "./uri.js";
import type { FileAccess } from "./workspace/file-access.js";

/** Which folders may hold users' models, in rising precedence, as URIs. The parameters are those of a {@link ModelReader}. */
export type ModelPlaces = (roots: readonly string[], named: readonly string[]) => readonly string[];

/** Reads users' models from files. */
export function modelReader(files: FileAccess, places: ModelPlaces): ModelReader {
  return (roots, named) =>
    Promise.all(places(roots, named).map(async (folder) => ({ folder, files: await modelsIn(files, folder) })));
}

/** The folders of the workspace itself, and those that the setting names in it: other paths are those of a disk. */
export const workspaceModelFolders: ModelPlaces = (roots, named) => {
  const [first] = roots;
  const inside = first === undefined ? [] : named.filter((folder) => !/^([/\\~]|[A-Za-z]:)/.test(folder));
  const all = [
    ...roots.map((root) => `${root}/${MODELS_FOLDER}`),
    ...inside.flatMap((folder) => resolvePath(folder, `${first ?? ""}/`) ?? []),
  ];
  // A folder that is named twice keeps its highest place.
  return all.filter((folder, index) => all.lastIndexOf(folder) === index);
};

async function modelsIn(files: FileAccess, folder: string): Promise<readonly ModelFile[]> {
  const entries = (await files.entries(folder)) ?? [];
  const names = entries.filter((entry) => !entry.folder && entry.name.endsWith(".toml")).map(({ name }) => name);
  const read = names.sort().map(async (name) => {
    const file = resolvePath(name, `${folder}/`) ?? "";
    const text = await files.read(file);
    return text === undefined ? [] : [{ file, text }];
  });
  return (await Promise.all(read)).flat();
}
