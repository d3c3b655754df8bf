import type { Catalogue } from "./catalogue.js";
import type { DeviceModel } from "./model.js";

/** What the name of an image file says about it. */
export interface RecognizedImage {
  readonly model: DeviceModel;
  /** Absent where the name does not tell. */
  readonly version?: string;
}

/**
 * The models whose vendor names its image files so.
 *
 * @param fileName a file's name; folders before it do not matter.
 * @returns in the order of the catalogue; several where vendors use one name for several devices, none where nobody does.
 */
export function recognizeImage(catalogue: Catalogue, fileName: string): readonly RecognizedImage[] {
  const name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  return catalogue.models.flatMap((model) => {
    for (const pattern of [model.image, ...model.members.map(({ image }) => image)].flatMap(
      (image) => image.fileNames,
    )) {
      const match = new RegExp(pattern, "i").exec(name);
      if (match === null) continue;
      const version = match.groups?.["version"];
      return [{ model, ...(version === undefined ? {} : { version }) }];
    }
    return [];
  });
}
