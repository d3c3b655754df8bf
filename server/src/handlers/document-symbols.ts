import { documentSymbols as outline, modelSymbols, type OutlineSymbol } from "@labscape/topology";
import { SymbolKind, type DocumentSymbol, type DocumentSymbolParams } from "vscode-languageserver";
import { answer, type Feature } from "../context.js";
import type { ManifestDocument } from "../document.js";

export const SYMBOL_KINDS: Readonly<Record<OutlineSymbol["kind"], SymbolKind>> = {
  section: SymbolKind.Namespace,
  node: SymbolKind.Class,
  link: SymbolKind.Interface,
  bridge: SymbolKind.Module,
  group: SymbolKind.Package,
  network: SymbolKind.Module,
  key: SymbolKind.Property,
};

export const documentSymbols: Feature = {
  capabilities: () => ({ documentSymbolProvider: true }),
  register(context) {
    context.connection.onDocumentSymbol(
      answer<DocumentSymbolParams, DocumentSymbol[]>(
        context,
        "Document symbols",
        [],
        ({ document, alone }) => outline(alone).map((symbol) => toSymbol(document, symbol)),
        ({ document, model }) => modelSymbols(model).map((symbol) => toSymbol(document, symbol)),
      ),
    );
  },
};

function toSymbol(document: ManifestDocument, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    detail: symbol.detail,
    kind: SYMBOL_KINDS[symbol.kind],
    range: document.range(symbol.range),
    selectionRange: document.range(symbol.selectionRange),
    children: symbol.children.map((child) => toSymbol(document, child)),
  };
}
