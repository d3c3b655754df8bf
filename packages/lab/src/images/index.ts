export type { AddOptions } from "./add.js";
export type { ImageName } from "./names.js";
export { ImageStore, type StoredImage } from "./store.js";
export { compareVersions } from "./versions.js";
