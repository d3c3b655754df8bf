import * as vscode from "vscode";
import type { Analyzed } from "./protocol.js";

const MANIFEST = "lab-manifest";
const MODEL = "lab-model";
const TOML = "toml";

/**
 * Other tools have files named `manifest.toml` too. The name opens as a lab manifest; when the text says otherwise and
 * there is an extension for TOML, the document is handed to that, and the other way round. Each document is switched once
 * only, so that nobody fights a choice made by hand.
 */
export class Ownership {
  readonly #switched = new Set<string>();
  #parts: ReadonlySet<string> = new Set();
  #modelFolders: ReadonlySet<string> = new Set();

  async settle({ uri, manifest }: Analyzed): Promise<void> {
    const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
    if (document === undefined) return;
    const wanted = await wantedLanguage(document, manifest);
    if (wanted !== undefined) await this.#switch(document, wanted);
  }

  /** Files that manifests include are parts of labs, whatever they are called. */
  async adoptParts(parts: readonly string[]): Promise<void> {
    this.#parts = canonical(parts);
    for (const document of vscode.workspace.textDocuments) await this.opened(document);
  }

  /** Files in these folders are device models. Those of usual names are known as such by their path. */
  async adoptModels(folders: readonly string[]): Promise<void> {
    this.#modelFolders = canonical(folders);
    for (const document of vscode.workspace.textDocuments) await this.opened(document);
  }

  async opened(document: vscode.TextDocument): Promise<void> {
    const { languageId, uri } = document;
    // An editor without an extension for TOML takes the files for plain text.
    const isUndecided = languageId === TOML || languageId === "plaintext";
    if (!isUndecided) return;
    const folder = vscode.Uri.joinPath(uri, "..").toString();
    if (uri.path.endsWith(".toml") && this.#modelFolders.has(folder)) await this.#switch(document, MODEL);
    else if (this.#parts.has(uri.toString())) await this.#switch(document, MANIFEST);
  }

  async #switch(document: vscode.TextDocument, language: string): Promise<void> {
    const uri = document.uri.toString();
    if (this.#switched.has(uri)) return;
    this.#switched.add(uri);
    await vscode.languages.setTextDocumentLanguage(document, language);
  }
}

/** As the editor spells them. */
function canonical(uris: readonly string[]): ReadonlySet<string> {
  return new Set(uris.map((uri) => vscode.Uri.parse(uri).toString()));
}

async function wantedLanguage(document: vscode.TextDocument, manifest: boolean): Promise<string | undefined> {
  if (manifest) return document.languageId === TOML ? MANIFEST : undefined;
  if (document.languageId !== MANIFEST || document.getText().trim() === "") return undefined;
  return (await vscode.languages.getLanguages()).includes(TOML) ? TOML : undefined;
}
