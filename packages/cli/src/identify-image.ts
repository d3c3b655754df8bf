import { recognizeImage, type Catalogue, type DeviceModel } from "@labscape/devices";
import { LabError } from "@labscape/lab";
import { ask, type Io } from "./io.js";
import { findModel } from "./models.js";

export interface IdentifiedImage {
  readonly model: DeviceModel;
  readonly version: string;
}

/**
 * Which device's image a file is: what the options say, else what the vendor's way to name files tells, else what the person
 * at the terminal answers.
 * @throws LabError `image-not-recognized`, `image-version-unknown` with what to choose from, where nobody can be asked.
 */
export async function identifyImage(
  io: Io,
  catalogue: Catalogue,
  file: string,
  options: { readonly model?: string; readonly version?: string },
): Promise<IdentifiedImage> {
  const recognized = recognizeImage(catalogue, file);
  const model =
    options.model === undefined
      ? await chooseModel(
          io,
          catalogue,
          file,
          recognized.map((image) => image.model),
        )
      : findModel(catalogue, options.model);
  const named = recognized.find((image) => image.model === model)?.version;
  const version = options.version ?? named ?? (await ask(io, `Which version of ${model.name} is ${file}?`));
  if (version !== undefined && version !== "") return { model, version };
  throw new LabError(
    "image-version-unknown",
    `the name of ${file} does not tell which version of ${model.name} it is`,
    "Give it: --version VERSION",
  );
}

async function chooseModel(
  io: Io,
  catalogue: Catalogue,
  file: string,
  candidates: readonly DeviceModel[],
): Promise<DeviceModel> {
  const [only, second] = candidates;
  if (only !== undefined && second === undefined) return only;
  const names = candidates.map(({ name }) => name).join(", ");
  const question = only === undefined ? `Which device model is ${file}?` : `Which device model is ${file} (${names})?`;
  const answer = await ask(io, question);
  if (answer !== undefined && answer !== "") return findModel(catalogue, answer);
  throw only === undefined
    ? new LabError(
        "image-not-recognized",
        `no vendor names its images like ${file}`,
        "Say what it is: --model MODEL --version VERSION; `labscape models` lists the models.",
      )
    : new LabError("image-not-recognized", `${file} may be an image of ${names}`, `Say which: --model ${only.name}`);
}
