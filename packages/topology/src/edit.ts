import type { Range } from "./syntax/index.js";

/** A text after edits that do not overlap. Edits at one place apply in their order. */
export function applyEdits(
  text: string,
  edits: readonly { readonly range: Range; readonly newText: string }[],
): string {
  let result = "";
  let end = 0;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    if (range.start < end) throw new RangeError(`Edits overlap at ${range.start}`);
    result += text.slice(end, range.start) + newText;
    end = range.end;
  }
  return result + text.slice(end);
}
