import { formatManifest } from "@labscape/topology";
import type {
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  TextEdit,
} from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { View } from "../workspace/view.js";

/**
 * The whole document, or the edits of it that lie in a range. That blanks at the ends of lines and surplus blank lines go,
 * and that the last line ends, belongs to the layout of manifests, whatever the options say about them.
 */
export const formatting: Feature = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  register(context) {
    context.connection.onDocumentFormatting(
      answer<DocumentFormattingParams, TextEdit[]>(context, "Formatting", [], (view, { options }) =>
        format(view, options),
      ),
    );
    context.connection.onDocumentRangeFormatting(
      answer<DocumentRangeFormattingParams, TextEdit[]>(context, "Range formatting", [], (view, { options, range }) => {
        const start = view.document.offsetAt(range.start);
        const end = view.document.offsetAt(range.end);
        return format(view, options, (edit) => edit.start >= start && edit.end <= end);
      }),
    );
  },
};

function format(
  { document, alone }: View,
  { insertSpaces, tabSize }: FormattingOptions,
  wanted: (range: { readonly start: number; readonly end: number }) => boolean = () => true,
): TextEdit[] {
  const indent = insertSpaces ? " ".repeat(Math.max(1, Math.min(tabSize, 16))) : "\t";
  return formatManifest(alone.syntax, { file: document.file, indent })
    .filter(({ range }) => wanted(range))
    .map(({ range, newText }) => ({ range: document.range(range), newText }));
}
