export type * from "./canvas-model.js";
export { canvasModel, freePorts } from "./canvas.js";
