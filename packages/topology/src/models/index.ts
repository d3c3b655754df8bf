export { completeModel } from "./complete.js";
export { MODELS_FOLDER, modelFolders, type ModelPlaces } from "./folders.js";
export { hoverModel } from "./hover.js";
export { modelActions, modelDefinition, modelLinks } from "./navigation.js";
export { modelSymbols } from "./symbols.js";
export { readModelFiles, type ModelAnalysis, type ModelFile, type ModelFiles } from "./read-model-files.js";
