export { quoteWord } from "./filters.js";
export { userPublicKeys } from "./public-keys.js";
export { createSecret } from "./secret.js";
export { buildSeed, renderFiles, type RenderedFile } from "./seed.js";
