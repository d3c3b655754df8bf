import { documentLinks as linksOf } from "@labscape/topology";
import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import { resolvePath } from "../uri.js";

export const documentLinks: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register(context) {
    context.connection.onDocumentLinks(
      answer<DocumentLinkParams, DocumentLink[]>(context, "Document links", [], ({ document, alone }) =>
        linksOf(alone).flatMap(({ range, path }) => {
          const target = resolvePath(path, document.uri);
          return target === undefined ? [] : [{ range: document.range(range), target }];
        }),
      ),
    );
  },
};
