import * as vscode from "vscode";
import { baseName } from "../paths.js";
import type { Preview } from "./preview.js";

/** Puts the diagram's source on the clipboard. */
export async function copyMermaid(source: string): Promise<void> {
  if (source === "") {
    await vscode.window.showInformationMessage(vscode.l10n.t("Nothing to draw yet"));
    return;
  }
  await vscode.env.clipboard.writeText(source);
  vscode.window.setStatusBarMessage(vscode.l10n.t("The diagram is on the clipboard, as Mermaid."), 5000);
}

/** Saves the picture of a preview as it looks, in the format of the file's name that a person chooses. */
export async function savePicture(preview: Preview): Promise<void> {
  const { manifest } = preview;
  const name = baseName(manifest.path).replace(/(\.lab)?\.toml$/, "");
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(manifest, "..", `${name}.svg`),
    filters: { SVG: ["svg"], PNG: ["png"] },
  });
  if (target === undefined) return;
  const format = target.path.toLowerCase().endsWith(".png") ? "png" : "svg";
  const data = await preview.render(format);
  if (data === "") throw new Error(vscode.l10n.t("There is no picture to save"));
  await vscode.workspace.fs.writeFile(target, format === "png" ? fromBase64(data) : new TextEncoder().encode(data));
  vscode.window.setStatusBarMessage(vscode.l10n.t("Saved {0}", vscode.workspace.asRelativePath(target)), 5000);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
