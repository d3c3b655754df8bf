import { formatManifest, type TomlDocument } from "@labscape/topology";
import type {
  DocumentFormattingParams,
  DocumentRangeFormattingParams,
  FormattingOptions,
  Range,
  TextEdit,
} from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { ManifestDocument } from "../document.js";

/**
 * The whole document, or the edits of it that lie in a range. That blanks at the ends of lines and surplus blank lines go,
 * and that the last line ends, belongs to the layout of manifests, whatever the options say about them.
 */
export const formatting: Feature = {
  capabilities: () => ({ documentFormattingProvider: true, documentRangeFormattingProvider: true }),
  register(context) {
    context.connection.onDocumentFormatting(
      answer<DocumentFormattingParams, TextEdit[]>(
        context,
        "Formatting",
        [],
        ({ document, alone }, { options }) => format(document, alone.syntax, options),
        ({ document, model }, { options }) => format(document, model.source.syntax, options),
      ),
    );
    context.connection.onDocumentRangeFormatting(
      answer<DocumentRangeFormattingParams, TextEdit[]>(
        context,
        "Range formatting",
        [],
        ({ document, alone }, { options, range }) => format(document, alone.syntax, options, range),
        ({ document, model }, { options, range }) => format(document, model.source.syntax, options, range),
      ),
    );
  },
};

function format(
  document: ManifestDocument,
  syntax: TomlDocument,
  { insertSpaces, tabSize }: FormattingOptions,
  within?: Range,
): TextEdit[] {
  const start = within === undefined ? 0 : document.offsetAt(within.start);
  const end = within === undefined ? Infinity : document.offsetAt(within.end);
  const indent = insertSpaces ? " ".repeat(Math.max(1, Math.min(tabSize, 16))) : "\t";
  return formatManifest(syntax, { file: document.file, indent })
    .filter(({ range }) => range.start >= start && range.end <= end)
    .map(({ range, newText }) => ({ range: document.range(range), newText }));
}
