export type * from "./gesture.js";
export { applyGesture } from "./apply.js";
export { readGesture } from "./read.js";
