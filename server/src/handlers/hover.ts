import { hover as hoverAt } from "@labscape/topology";
import { MarkupKind, type Hover } from "vscode-languageserver";
import type { HoverParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

export const hover: Feature = {
  capabilities: () => ({ hoverProvider: true }),
  register(context) {
    context.connection.onHover(
      answer<HoverParams, Hover | null>(context, "Hover", null, (document, { position }) => {
        const found = hoverAt(document.analysis(), document.text.offsetAt(position));
        if (found === undefined) return null;
        return {
          contents: { kind: MarkupKind.Markdown, value: found.markdown },
          range: document.range(found.range),
        };
      }),
    );
  },
};
