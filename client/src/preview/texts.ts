import * as vscode from "vscode";
import { pictureTexts } from "../picture-texts.js";

export type PreviewTexts = ReturnType<typeof previewTexts>;

/** What stands in the preview's page. */
export function previewTexts() {
  return {
    ...pictureTexts(),
    turn: vscode.l10n.t("Turn the picture"),
    copy: vscode.l10n.t("Copy as Mermaid"),
    save: vscode.l10n.t("Save as SVG or PNG"),
    canvas: vscode.l10n.t("Open the canvas"),
    many: vscode.l10n.t("A big lab"),
    manyHow: vscode.l10n.t("To draw so many nodes takes seconds at every change. The canvas shows them at once."),
    drawAnyway: vscode.l10n.t("Draw once"),
    nothing: vscode.l10n.t("Nothing to draw yet"),
    how: vscode.l10n.t("Nodes and the cables between them appear here while you type. For instance:"),
  };
}
