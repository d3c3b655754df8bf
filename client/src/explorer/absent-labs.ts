import * as vscode from "vscode";
import { LABS_VIEW, setEmptiness } from "./emptiness.js";

/** The view of labs where no host can be reached: it is empty, and its welcome text says why. */
export function registerAbsentLabs(): vscode.Disposable[] {
  const nothing: vscode.TreeDataProvider<never> = {
    async getChildren() {
      await setEmptiness("no-host");
      return [];
    },
    getTreeItem: (item) => item,
  };
  return [vscode.window.registerTreeDataProvider(LABS_VIEW, nothing)];
}
