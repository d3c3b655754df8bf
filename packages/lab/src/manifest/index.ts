export { findManifest, findManifests } from "./find.js";
export { hostProviders } from "./host-providers.js";
export { loadManifest, type LoadOptions } from "./load.js";
export { loadModels, type LoadedModels, type ModelSearch } from "./models.js";
export { readManifestText } from "./read-text.js";
export { writeManifestText } from "./write-text.js";
