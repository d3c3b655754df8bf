export type { JsonSchema } from "./json-schema.js";
export { manifestSchema } from "./manifest-schema.js";
