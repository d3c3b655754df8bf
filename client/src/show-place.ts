import * as vscode from "vscode";
import type { Place } from "./language/protocol.js";

/** Shows a place of a text with the cursor on it: in an editor that shows the file already, or else in a column. */
export async function showPlace({ uri, range }: Place, otherwise: vscode.ViewColumn): Promise<void> {
  const { start, end } = range;
  const file = vscode.Uri.parse(uri);
  const open = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === file.toString());
  await vscode.window.showTextDocument(file, {
    selection: new vscode.Range(start.line, start.character, end.line, end.character),
    viewColumn: open?.viewColumn ?? otherwise,
  });
}
