import { SymbolKind, type SymbolInformation, type WorkspaceSymbolParams } from "vscode-languageserver";
import { guard, type Feature } from "../context.js";
import { fileNameOf } from "../uri.js";
import type { IndexedSymbol } from "../workspace/index-entry.js";
import { SYMBOL_KINDS } from "./document-symbols.js";

/** More than these nobody reads; who looks for one types more of its name. */
const MAX_SYMBOLS = 256;

/** Labs, nodes, bridges and groups of all manifests of the workspace, open or not. */
export const workspaceSymbols: Feature = {
  capabilities: () => ({ workspaceSymbolProvider: true }),
  register(context) {
    context.connection.onWorkspaceSymbol(
      guard<WorkspaceSymbolParams, SymbolInformation[]>(context, "Workspace symbols", [], async ({ query }, token) => {
        const { workspace, pause } = context;
        const matches = matcher(query);
        const found: SymbolInformation[] = [];
        for (const { file, name, symbols } of workspace.index.entries) {
          await pause();
          if (token.isCancellationRequested) break;
          for (const symbol of symbols) {
            if (!matches(symbol.name)) continue;
            if (found.length === MAX_SYMBOLS) return found;
            found.push({
              name: symbol.name,
              kind: kindOf(symbol),
              location: { uri: workspace.opened(file)?.uri ?? file, range: symbol.place },
              containerName: symbol.kind === "lab" ? fileNameOf(file) : (name?.value ?? fileNameOf(file)),
            });
          }
        }
        return found;
      }),
    );
  },
};

function kindOf({ kind }: IndexedSymbol): SymbolKind {
  return kind === "lab" ? SymbolKind.Module : SYMBOL_KINDS[kind];
}

/** Whether the letters of the query appear in a name in their order: clients filter finer themselves. */
function matcher(query: string): (name: string) => boolean {
  const letters = Array.from(query.toLowerCase().replace(/\s+/g, ""));
  return (name) => {
    const text = name.toLowerCase();
    let from = 0;
    for (const letter of letters) {
      const at = text.indexOf(letter, from);
      if (at < 0) return false;
      from = at + letter.length;
    }
    return true;
  };
}
