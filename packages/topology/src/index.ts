export * from "./syntax/index.js";
export type * from "./finding.js";
export type * from "./model/lab.js";
export type * from "./analysis.js";
export * from "./features/index.js";
export type * from "./model/manifest.js";
export { hostCheckCodes } from "./checks/codes.js";
export { allocateAddresses, FIRST_NODE_OFFSET, type Addressee } from "./model/management.js";
export type { Text } from "./model/access.js";
export {
  MODELS_FOLDER,
  modelFolders,
  readModelFiles,
  type ModelFile,
  type ModelFiles,
  type ModelPlaces,
} from "./models/index.js";
export { analyze, isManifest } from "./analyze.js";
export { labName } from "./model/resolve.js";
export { locate, sourceAt, writtenAt, type Source, type Sources } from "./model/sources.js";
export { convertDialect, type Conversion, type ConversionProblem } from "./convert/index.js";
export { applyEdits } from "./edit.js";
export * from "./canvas/index.js";
export type * from "./gestures/gesture.js";
export { mermaidDiagram, type MermaidDiagram } from "./diagram/index.js";
export { formatManifest, type FormatOptions } from "./format/index.js";
export { manifestSchema, type JsonSchema } from "./schema/index.js";
export { checkCodes, type CheckCode } from "./checks/index.js";
