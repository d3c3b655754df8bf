export { formatManifest, type FormatOptions } from "./format.js";
