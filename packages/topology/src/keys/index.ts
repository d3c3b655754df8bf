export type * from "./types.js";
export { MTU_RANGE } from "./interface.js";
export { noteShape, positionShape } from "./diagram.js";
export { bridgeShape, linkShape } from "./link.js";
export { nodeShape, sharedNodeShape } from "./node.js";
export { rootShape } from "./root.js";
export { placeAt, shapeOf, type Place } from "./at-path.js";
export { describeType, listed } from "./describe.js";
