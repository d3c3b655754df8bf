import * as vscode from "vscode";
import type { Analyzed } from "./protocol.js";

const MANIFEST = "lab-manifest";
const TOML = "toml";

/**
 * Other tools have files named `manifest.toml` too. The name opens as a lab manifest; when the text says otherwise and
 * there is an extension for TOML, the document is handed to that, and the other way round. Each document is switched once
 * only, so that nobody fights a choice made by hand.
 */
export class Ownership {
  readonly #switched = new Set<string>();

  async settle({ uri, manifest }: Analyzed): Promise<void> {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (document === undefined || this.#switched.has(uri)) return;
    const wanted = await wantedLanguage(document, manifest);
    if (wanted === undefined) return;
    this.#switched.add(uri);
    await vscode.languages.setTextDocumentLanguage(document, wanted);
  }
}

async function wantedLanguage(document: vscode.TextDocument, manifest: boolean): Promise<string | undefined> {
  if (manifest) return document.languageId === TOML ? MANIFEST : undefined;
  if (document.languageId !== MANIFEST || document.getText().trim() === "") return undefined;
  return (await vscode.languages.getLanguages()).includes(TOML) ? TOML : undefined;
}
