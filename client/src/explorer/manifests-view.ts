import * as vscode from "vscode";
import type { Labs } from "../labs/labs.js";
import { runningText } from "../labs/state-text.js";
import { findManifests, MANIFEST_FILES } from "../manifests.js";

export const MANIFESTS_VIEW = "labscape.manifests";

/** The manifests of the workspace, each with what runs of it. */
export class ManifestsView implements vscode.TreeDataProvider<vscode.Uri> {
  readonly #labs: Labs;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(labs: Labs) {
    this.#labs = labs;
  }

  register(): { dispose(): unknown }[] {
    const changed = (): void => this.#changed.fire(undefined);
    const watcher = vscode.workspace.createFileSystemWatcher(MANIFEST_FILES, false, true, false);
    return [
      vscode.window.createTreeView(MANIFESTS_VIEW, { treeDataProvider: this }),
      this.#changed,
      watcher,
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      this.#labs.onDidChange(changed),
    ];
  }

  getChildren(manifest?: vscode.Uri): Thenable<vscode.Uri[]> | vscode.Uri[] {
    return manifest === undefined ? findManifests() : [];
  }

  getTreeItem(manifest: vscode.Uri): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.workspace.asRelativePath(manifest));
    item.resourceUri = manifest;
    item.contextValue = " manifest ";
    item.iconPath = vscode.ThemeIcon.File;
    item.command = { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [manifest] };
    const nodes = this.#labs.of(manifest.toString())?.status.nodes;
    if (nodes !== undefined) item.description = runningText(nodes);
    return item;
  }
}
