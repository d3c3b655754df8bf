import { documentLinks as linksOf, modelLinks, type DocumentLink as Found } from "@labscape/topology";
import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver";
import { answer, type Feature, type ServerContext } from "../context.js";
import type { ManifestDocument } from "../document.js";
import { resolvePath } from "../uri.js";

export const documentLinks: Feature = {
  capabilities: () => ({ documentLinkProvider: {} }),
  register(context) {
    context.connection.onDocumentLinks(
      answer<DocumentLinkParams, DocumentLink[]>(
        context,
        "Document links",
        [],
        ({ document, alone }) => toLinks(context, document, linksOf(alone)),
        ({ document, model }) => toLinks(context, document, modelLinks(model)),
      ),
    );
  },
};

function toLinks({ workspace }: ServerContext, document: ManifestDocument, links: readonly Found[]): DocumentLink[] {
  return links.flatMap(({ range, path }) => {
    const target = resolvePath(path, document.uri, workspace.files.home);
    return target === undefined ? [] : [{ range: document.range(range), target }];
  });
}
