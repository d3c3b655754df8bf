import { hover as hoverAt, hoverModel, type Hover as Found } from "@labscape/topology";
import { MarkupKind, type Hover } from "vscode-languageserver";
import type { HoverParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { View } from "../workspace/view.js";

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context) {
    context.connection.onHover(
      answer<HoverParams, Hover | null>(
        context,
        "Hover",
        null,
        (view, { position }) => toHover(view, hoverAt(view.analysis, view.offsetAt(position))),
        ({ document, model }, { position }) => toHover(document, hoverModel(model, document.offsetAt(position))),
      ),
    );
  },
};

function toHover(view: Pick<View, "range">, found: Found | undefined): Hover | null {
  if (found === undefined) return null;
  return { contents: { kind: MarkupKind.Markdown, value: found.markdown }, range: view.range(found.range) };
}
