export { MODELS_FOLDER, modelFolders, type ModelPlaces } from "./folders.js";
export { readModelFiles, type ModelFile, type ModelFiles } from "./read-model-files.js";
