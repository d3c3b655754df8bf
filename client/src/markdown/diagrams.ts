import { diagramBlock, diagramEdits, diagramPlaces } from "@labscape/topology";
import * as vscode from "vscode";
import { findManifests, MANIFEST_FILES } from "../manifests.js";
import { relativePath } from "../paths.js";

/** Mermaid source of a manifest; empty when there is none. */
export type SourceOf = (manifest: vscode.Uri) => Promise<string>;

const MARKDOWN = "markdown";

/** Diagrams in Markdown documents: puts them in, and keeps them up to date while document or manifest are saved. */
export class MarkdownDiagrams {
  readonly #sourceOf: SourceOf;
  readonly #log: vscode.LogOutputChannel;

  constructor(sourceOf: SourceOf, log: vscode.LogOutputChannel) {
    this.#sourceOf = sourceOf;
    this.#log = log;
  }

  register(): vscode.Disposable[] {
    return [
      vscode.workspace.onDidSaveTextDocument((saved) => {
        if (vscode.languages.match({ pattern: MANIFEST_FILES }, saved) === 0) return;
        this.#updateOpen().catch((error: unknown) => this.#log.error(String(error)));
      }),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document.languageId === MARKDOWN) event.waitUntil(this.#editsOf(event.document));
      }),
    ];
  }

  /** Puts a manifest's diagram at the cursor of the Markdown document in front. */
  async insert(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document.languageId !== MARKDOWN) {
      await vscode.window.showInformationMessage(vscode.l10n.t("Open a Markdown document first."));
      return;
    }
    const items = (await findManifests()).map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t("The diagram of which lab?"),
    });
    if (picked === undefined) return;
    const newline = editor.document.eol === vscode.EndOfLine.CRLF ? "\r\n" : "\n";
    const place = relativePath(editor.document.uri.path, picked.uri.path);
    const block = diagramBlock(place, await this.#sourceOf(picked.uri), newline);
    await editor.edit((edit) => edit.insert(editor.selection.active, `${block}${newline}`));
  }

  async #updateOpen(): Promise<void> {
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId !== MARKDOWN) continue;
      const edits = await this.#editsOf(document);
      if (edits.length === 0) continue;
      const edit = new vscode.WorkspaceEdit();
      edit.set(document.uri, edits);
      await vscode.workspace.applyEdit(edit);
    }
  }

  async #editsOf(document: vscode.TextDocument): Promise<vscode.TextEdit[]> {
    const text = document.getText();
    const sources = new Map<string, string | undefined>();
    for (const { manifest } of diagramPlaces(text)) {
      if (!sources.has(manifest)) sources.set(manifest, await this.#source(document.uri, manifest));
    }
    return diagramEdits(text, (manifest) => sources.get(manifest)).map(({ range, newText }) => {
      const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
      return vscode.TextEdit.replace(place, newText);
    });
  }

  /** Undefined where the document names a manifest that cannot be read: what it shows then stays. */
  async #source(document: vscode.Uri, manifest: string): Promise<string | undefined> {
    const uri = vscode.Uri.joinPath(document, "..", manifest);
    try {
      const source = await this.#sourceOf(uri);
      return source === "" ? undefined : source;
    } catch (error) {
      this.#log.warn(`${manifest}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }
}
