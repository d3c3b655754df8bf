import * as vscode from "vscode";

/** What canvas and preview have in common: what they show, and how near. */
export function pictureTexts() {
  return {
    picture: vscode.l10n.t("Topology of the lab"),
    zoomIn: vscode.l10n.t("Zoom in"),
    zoomOut: vscode.l10n.t("Zoom out"),
    fit: vscode.l10n.t("Show the whole lab"),
  };
}
