export { findManifest, loadManifest, type LoadOptions } from "./load.js";
