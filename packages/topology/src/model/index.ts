export type * from "./lab.js";
export type * from "./manifest.js";
export type { Text } from "./access.js";
export { readManifest } from "./read.js";
export { resolveLab } from "./resolve.js";
