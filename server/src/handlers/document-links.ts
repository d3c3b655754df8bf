import { documentLinks as linksOf } from "@labscape/topology";
import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";

export const documentLinks: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register(context) {
    context.connection.onDocumentLinks(
      answer<DocumentLinkParams, DocumentLink[]>(context, "Document links", [], (document) =>
        linksOf(document.analysis()).flatMap(({ range, path }) => {
          const target = resolve(path, document.uri);
          return target === undefined ? [] : [{ range: document.range(range), target }];
        }),
      ),
    );
  },
};

/** The URI that a path in a manifest leads to; undefined where the manifest has no place yet (an untitled document). */
function resolve(path: string, base: string): string | undefined {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return URL.canParse(encoded, base) ? new URL(encoded, base).href : undefined;
}
