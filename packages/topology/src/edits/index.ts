export { addInline, addPairs, addSection, addToTable, writePair, type NewPair } from "./add-pairs.js";
export { addItems, addRows, type NewRow } from "./add-rows.js";
export { Changes, type Change } from "./changes.js";
export { pairAt, type PlacedPair } from "./owner.js";
export { removeEntries, removeItems, removeTables } from "./remove-tables.js";
export { sectionsOf, type Section } from "./sections.js";
