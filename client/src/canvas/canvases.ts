import * as vscode from "vscode";
import { followsCursor } from "../follow-cursor.js";
import { Canvas, type CanvasSetting } from "./canvas.js";

export const CANVAS_TYPE = "labscape.canvas";

/** All canvases of the window; a manifest may have several. */
export class Canvases implements vscode.CustomTextEditorProvider {
  readonly #setting: CanvasSetting;
  readonly #open = new Set<Canvas>();
  readonly #seen = new vscode.EventEmitter<void>();
  /** Which canvases can be seen may have changed. */
  readonly onDidChangeVisible = this.#seen.event;

  constructor(setting: CanvasSetting) {
    this.#setting = setting;
  }

  register(): { dispose(): unknown }[] {
    return [
      this.#seen,
      vscode.window.registerCustomEditorProvider(CANVAS_TYPE, this, {
        webviewOptions: { retainContextWhenHidden: true },
        supportsMultipleEditorsPerDocument: true,
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
        const [selection] = selections;
        // Without a kind it was no person: an edit has moved the cursor.
        if (selection === undefined || kind === undefined || !followsCursor()) return;
        const file = textEditor.document.uri.toString();
        for (const canvas of this.#open) canvas.follow(file, selection.active.line);
      }),
    ];
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const canvas = new Canvas(panel, document, this.#setting);
    this.#open.add(canvas);
    panel.onDidChangeViewState(() => this.#seen.fire());
    panel.onDidDispose(() => this.#open.delete(canvas));
    this.#seen.fire();
  }

  /** Opens a canvas beside the text. */
  async open(manifest: vscode.Uri): Promise<void> {
    const column = { viewColumn: vscode.ViewColumn.Beside };
    await vscode.commands.executeCommand("vscode.openWith", manifest, CANVAS_TYPE, column);
  }

  /** A document was analysed: it, or the lab that includes it, may look different now. */
  async refresh(): Promise<void> {
    await Promise.all([...this.#open].map((canvas) => canvas.refresh()));
  }

  /** What runs has changed. */
  showStates(): void {
    for (const canvas of this.#open) canvas.showStates();
  }

  /** The manifests of the canvases that can be seen. */
  get visible(): readonly vscode.Uri[] {
    return [...this.#open].filter(({ panel }) => panel.visible).map(({ document }) => document.uri);
  }

  /** The manifest of the canvas that has the focus. */
  get active(): vscode.Uri | undefined {
    return [...this.#open].find(({ panel }) => panel.active)?.document.uri;
  }
}
