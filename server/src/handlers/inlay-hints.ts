import { inlayHints as hintsIn } from "@labscape/topology";
import { MarkupKind, type InlayHint, type InlayHintParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

export const inlayHints: Feature = {
  capabilities: () => ({ inlayHintProvider: true }),
  register(context) {
    context.connection.languages.inlayHint.on(
      answer<InlayHintParams, InlayHint[]>(context, "Inlay hints", [], (view, { range }) =>
        hintsIn(view.analysis, view.offsets(range)).map(({ offset, label, tooltip }) => ({
          position: view.positionAt(offset),
          label,
          paddingLeft: true,
          ...(tooltip === undefined ? {} : { tooltip: { kind: MarkupKind.Markdown, value: tooltip } }),
        })),
      ),
    );
  },
};
