import { homedir } from "node:os";
import path from "node:path";
import * as vscode from "vscode";

/** The folders of the setting `labscape.models` as absolute paths; relative ones start at the workspace's first folder. */
export function modelFolders(): readonly string[] {
  const setting = vscode.workspace.getConfiguration("labscape").get<unknown>("models", []);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? homedir();
  return (Array.isArray(setting) ? setting : [])
    .filter((folder) => typeof folder === "string" && folder !== "")
    .map((folder: string) => path.resolve(root, folder.replace(/^~(?=[/\\])/, homedir())));
}
