import { inlayHints as hintsIn } from "@labscape/topology";
import { MarkupKind, type InlayHint, type InlayHintParams } from "vscode-languageserver";
import { answer, type Feature, type ServerContext } from "../context.js";

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

/**
 * Asks the client for the hints anew, where it can be asked: an included file has changed what they say. When its own text
 * changes a client asks by itself. Of several changes that come together it hears once.
 */
export function hintRefresher({ connection, client, pause, ending, failed }: ServerContext): () => void {
  if (client.workspace?.inlayHint?.refreshSupport !== true) return () => undefined;
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    pause()
      .then(async () => {
        waiting = false;
        if (!ending.aborted) await connection.languages.inlayHint.refresh();
      })
      .catch((error: unknown) => failed("Refreshing inlay hints", error));
  };
}
