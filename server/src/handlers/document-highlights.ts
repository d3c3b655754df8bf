import { documentHighlights as highlightsAt } from "@labscape/topology";
import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

const KINDS = { read: DocumentHighlightKind.Read, write: DocumentHighlightKind.Write } as const;

export const documentHighlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(context) {
    context.connection.onDocumentHighlight(
      answer<DocumentHighlightParams, DocumentHighlight[]>(context, "Highlights", [], (document, { position }) =>
        highlightsAt(document.analysis(), document.text.offsetAt(position)).map(({ range, kind }) => ({
          range: document.range(range),
          kind: KINDS[kind],
        })),
      ),
    );
  },
};
