import * as vscode from "vscode";
import { baseName } from "../paths.js";
import { followsCursor } from "../follow-cursor.js";
import { Preview, type PreviewSetting } from "./preview.js";

export const PREVIEW_TYPE = "labscape.preview";

/** All previews of the window, at most one a manifest. */
export class Previews {
  readonly #setting: PreviewSetting;
  readonly #open = new Map<string, Preview>();
  readonly #seen = new vscode.EventEmitter<void>();
  /** Which previews can be seen may have changed. */
  readonly onDidChangeVisible = this.#seen.event;

  constructor(setting: PreviewSetting) {
    this.#setting = setting;
  }

  /** What the window has to tell the previews, and the panels that it brings back after a reload. */
  register(): { dispose(): unknown }[] {
    return [
      this.#seen,
      vscode.window.registerWebviewPanelSerializer(PREVIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          const manifest = readState(state);
          if (manifest === undefined) panel.dispose();
          else await this.#adopt(panel, manifest);
        },
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const preview = this.#open.get(textEditor.document.uri.toString());
        const [selection] = selections;
        if (preview !== undefined && selection !== undefined && followsCursor()) preview.follow(selection.active.line);
      }),
    ];
  }

  /** Opens the preview of a manifest beside its text, or shows the one that is open. The text keeps the focus. */
  async open(manifest: vscode.Uri): Promise<void> {
    const existing = this.#open.get(manifest.toString());
    if (existing !== undefined) {
      existing.panel.reveal(undefined, true);
      return;
    }
    const title = vscode.l10n.t("Preview {0}", baseName(manifest.path));
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    const panel = vscode.window.createWebviewPanel(PREVIEW_TYPE, title, column, { retainContextWhenHidden: true });
    await this.#adopt(panel, manifest);
  }

  of(manifest: vscode.Uri): Preview | undefined {
    return this.#open.get(manifest.toString());
  }

  async refresh(manifest: string): Promise<void> {
    await this.#open.get(manifest)?.refresh();
  }

  /** What runs has changed. */
  showStates(): void {
    for (const preview of this.#open.values()) preview.showStates();
  }

  /** The manifests of the previews that can be seen. */
  get visible(): readonly vscode.Uri[] {
    return [...this.#open.values()].filter(({ panel }) => panel.visible).map(({ manifest }) => manifest);
  }

  /** The manifest of the preview that has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#open.values()].find(({ panel }) => panel.active)?.manifest;
  }

  async #adopt(panel: vscode.WebviewPanel, manifest: vscode.Uri): Promise<void> {
    const key = manifest.toString();
    const preview = new Preview(panel, manifest, this.#setting);
    this.#open.set(key, preview);
    this.#seen.fire();
    panel.onDidChangeViewState(() => this.#seen.fire());
    panel.onDidDispose(() => {
      if (this.#open.get(key) === preview) this.#open.delete(key);
      preview.dispose();
    });
    // A document without an editor is closed to the language server: opening it here keeps the picture of it alive.
    await vscode.workspace.openTextDocument(manifest);
    await preview.refresh();
  }
}

function readState(state: unknown): vscode.Uri | undefined {
  if (typeof state !== "object" || state === null || !("manifest" in state)) return undefined;
  return typeof state.manifest === "string" ? vscode.Uri.parse(state.manifest, true) : undefined;
}
