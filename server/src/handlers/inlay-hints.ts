import { inlayHints as hintsIn } from "@labscape/topology";
import { MarkupKind, type InlayHint, type InlayHintParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

export const inlayHints: Feature = {
  capabilities: () => ({ inlayHintProvider: true }),
  register(context) {
    context.connection.languages.inlayHint.on(
      answer<InlayHintParams, InlayHint[]>(context, "Inlay hints", [], (document, { range }) => {
        const start = document.text.offsetAt(range.start);
        const end = document.text.offsetAt(range.end);
        return hintsIn(document.analysis(), { start, end }).map(({ offset, label, tooltip }) => ({
          position: document.text.positionAt(offset),
          label,
          paddingLeft: true,
          ...(tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
        }));
      }),
    );
  },
};
