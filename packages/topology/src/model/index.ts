export type * from "./lab.js";
export type * from "./manifest.js";
export type { Text } from "./access.js";
export { locate, SOURCE_SPAN, sourceAt, writtenAt, type Source, type Sources } from "./sources.js";
export { readManifest } from "./read.js";
export { resolveLab } from "./resolve.js";
