import { hover as hoverAt } from "@labscape/topology";
import { MarkupKind, type Hover } from "vscode-languageserver";
import type { HoverParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context) {
    context.connection.onHover(
      answer<HoverParams, Hover | null>(context, "Hover", null, (view, { position }) => {
        const found = hoverAt(view.analysis, view.offsetAt(position));
        if (found === undefined) return null;
        return {
          contents: { kind: MarkupKind.Markdown, value: found.markdown },
          range: view.range(found.range),
        };
      }),
    );
  },
};
