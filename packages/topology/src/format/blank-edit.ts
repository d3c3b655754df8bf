import type { Range } from "../syntax/index.js";

/** A change of blanks and line breaks. */
export interface BlankEdit {
  readonly range: Range;
  readonly newText: string;
}
