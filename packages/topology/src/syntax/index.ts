export { isBareKey } from "./characters.js";
export { LineIndex, type Position } from "./lines.js";
export {
  cursorAt,
  type Cursor,
  type CursorInHeader,
  type CursorInKey,
  type CursorInValue,
  type CursorNowhere,
} from "./locate.js";
export { maxTextLength, parseToml, type ParseOptions } from "./parse.js";
export { valueAt, type Path } from "./path.js";
export { toPlainValue, type PlainTable, type PlainValue } from "./plain.js";
export { quoteKey, quoteLike, quoteString } from "./quote.js";
export { sameRange, textAt } from "./ranges.js";
export type * from "./tree.js";
