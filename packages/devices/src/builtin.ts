import { createCatalogue, type Catalogue } from "./catalogue.js";
import { modelFiles } from "./generated/models.js";
import type { DeviceModel } from "./model.js";
import { readModel } from "./read.js";

/** The plain values of a built-in model file; for user models that extend it. */
export function builtinModelFile(name: string): unknown {
  return Object.hasOwn(modelFiles, name) ? modelFiles[name] : undefined;
}

/** The models that come with Labscape. */
export const builtinCatalogue: Catalogue = createCatalogue(
  Object.entries(modelFiles).map(([name, file]): DeviceModel => {
    const { model, problems } = readModel(file, builtinModelFile);
    // A test reads every built-in file, so this is a broken build and not something that a user could mend.
    if (model === undefined) throw new Error(`built-in model ${name}: ${JSON.stringify(problems)}`);
    return model;
  }),
);
