/** Layouts of a canvas: where nodes stand whose place nobody has saved. A part of its own, as it needs nothing of the language. */
export type * from "./graph.js";
export { force } from "./force.js";
export { layered } from "./layered.js";
export { tiers } from "./tiers.js";
