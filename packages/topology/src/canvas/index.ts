export type * from "./canvas-model.js";
export { paletteOf, type PaletteModel } from "./palette.js";
export { canvasModel, freePorts } from "./canvas.js";
