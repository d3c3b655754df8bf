import { selectionRanges as rangesAt, type Analysis } from "@labscape/topology";
import type { SelectionRange, SelectionRangeParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { ManifestDocument } from "../document.js";

export const selectionRanges: Feature = {
  capabilities: () => ({ selectionRangeProvider: true }),
  register(context) {
    context.connection.onSelectionRanges(
      answer<SelectionRangeParams, SelectionRange[]>(
        context,
        "Selection ranges",
        [],
        ({ document, alone }, { positions }) =>
          positions.map((position) => chain(document, alone, document.offsetAt(position))),
      ),
    );
  },
};

/** The ranges around an offset, from the innermost outwards. */
function chain(document: ManifestDocument, alone: Analysis, offset: number): SelectionRange {
  let selection: SelectionRange | undefined;
  for (const range of [...rangesAt(alone, offset)].reverse()) {
    selection = { range: document.range(range), ...(selection === undefined ? {} : { parent: selection }) };
  }
  return selection ?? { range: document.range({ start: offset, end: offset }) };
}
