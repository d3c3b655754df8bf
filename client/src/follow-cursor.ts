import * as vscode from "vscode";

/** Whether pictures mark the node of the line that the text's cursor is on. */
export function followsCursor(): boolean {
  return vscode.workspace.getConfiguration("labscape").get<boolean>("followCursor", true);
}
