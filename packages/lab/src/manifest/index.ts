export { findManifest, findManifests } from "./find.js";
export { hostProviders } from "./host-providers.js";
export { loadManifest, type LoadOptions } from "./load.js";
export { readManifestText } from "./read-text.js";
