export { findManifest, findManifests } from "./find.js";
export { loadManifest, type LoadOptions } from "./load.js";
export { readManifestText } from "./read-text.js";
