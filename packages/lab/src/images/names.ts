import { LabError } from "../errors.js";

/** A file of the image store. The store is one flat pool, as libvirt's directory pools have no folders: MODEL@VERSION@FILE. */
export interface ImageName {
  readonly model: string;
  readonly version: string;
  readonly file: string;
}

const SIDECAR = ".json";
const PART = /^[A-Za-z0-9][A-Za-z0-9._+-]*$/;

export function volumeName({ model, version, file }: ImageName): string {
  return `${model}@${version}@${file}`;
}

/** The volume that records what an image is. It is written last: an image without it is not complete. */
export function sidecarName(name: ImageName): string {
  return volumeName(name) + SIDECAR;
}

/** The image that a sidecar belongs to; undefined for any other volume. */
export function imageOfSidecar(volume: string): ImageName | undefined {
  if (!volume.endsWith(SIDECAR)) return undefined;
  const [model, version, file, more] = volume.slice(0, -SIDECAR.length).split("@");
  if (model === undefined || version === undefined || file === undefined || more !== undefined) return undefined;
  return { model, version, file };
}

/** @throws LabError `invalid-image-name` for what cannot be part of a file name in the store. */
export function checkNamePart(what: string, text: string): void {
  if (PART.test(text)) return;
  throw new LabError(
    "invalid-image-name",
    `"${text}" is not usable as ${what}`,
    "Use letters, digits and . _ + - and begin with a letter or digit.",
  );
}
