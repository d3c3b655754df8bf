import { documentHighlights as highlightsAt } from "@labscape/topology";
import { DocumentHighlightKind, type DocumentHighlight, type DocumentHighlightParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

const KINDS = { read: DocumentHighlightKind.Read, write: DocumentHighlightKind.Write } as const;

export const documentHighlights: Feature = {
  capabilities: () => ({ documentHighlightProvider: true }),
  register(context) {
    context.connection.onDocumentHighlight(
      answer<DocumentHighlightParams, DocumentHighlight[]>(context, "Highlights", [], (view, { position }) =>
        highlightsAt(view.analysis, view.offsetAt(position)).map(({ range, kind }) => ({
          range: view.range(range),
          kind: KINDS[kind],
        })),
      ),
    );
  },
};
