import path from "node:path";
import { nearestName, type Catalogue, type DeviceModel } from "@labscape/devices";
import { LabError, loadModels, type LoadedModels } from "@labscape/lab";
import { findingText, textLookup } from "./output/findings.js";
import { colours, printError, type Io } from "./io.js";

/** The device models that hold in a folder: the current one, or a manifest's. */
export function models(io: Io, directory = io.cwd): Promise<LoadedModels> {
  const named = (io.modelFolders ?? []).map((folder) => path.resolve(io.cwd, folder));
  return loadModels({ directory, named, environment: io.env });
}

/** The same for commands about models themselves: prints what is wrong in their files. */
export async function tellModels(io: Io): Promise<LoadedModels> {
  const loaded = await models(io);
  const textOf = textLookup((file) => loaded.texts.get(file) ?? "");
  for (const finding of loaded.findings) printError(io, findingText(finding, textOf, colours(io, "stderr"), io.cwd));
  return loaded;
}

/** @throws LabError `unknown-model`. */
export function findModel(catalogue: Catalogue, name: string): DeviceModel {
  const found = catalogue.find(name);
  if (found !== undefined) return found.model;
  const nearest = nearestName(
    name,
    catalogue.models.map((model) => model.name),
  );
  const meant = nearest === undefined ? "" : `Did you mean ${nearest}? `;
  throw new LabError("unknown-model", `there is no device model "${name}"`, `${meant}\`labscape models\` lists them.`);
}
