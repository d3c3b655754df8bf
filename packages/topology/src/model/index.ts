export type * from "./lab.js";
export type * from "./manifest.js";
export type { Text } from "./access.js";
export { locate, sourceAt, writtenAt, type Source, type Sources } from "./sources.js";
export { readLabFiles, type Include } from "./includes.js";
export { fileAt, readManifest } from "./read.js";
export { labName, resolveLab } from "./resolve.js";
