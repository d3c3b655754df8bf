import * as vscode from "vscode";

export const LANGUAGE_ID = "lab-manifest";
/** The files that hold manifests, by their names. */
export const MANIFEST_FILES = "**/{*.lab.toml,lab.toml,manifest.toml}";

/** The manifests of the workspace, by their names, in the order of their paths. */
export async function findManifests(): Promise<vscode.Uri[]> {
  const found = await vscode.workspace.findFiles(MANIFEST_FILES, "**/node_modules/**", 500);
  return found.sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
}

/** Which manifest a command is about: its argument, else the active editor's, else the previewed one. */
export function targetManifest(argument: unknown, previewed: vscode.Uri | undefined): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === "string") return vscode.Uri.parse(argument, true);
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === LANGUAGE_ID ? document.uri : previewed;
}

/** The same, and when that tells nothing, one of the workspace's manifests by choice. Undefined: none was chosen. */
export async function askForManifest(
  argument: unknown,
  previewed: vscode.Uri | undefined,
): Promise<vscode.Uri | undefined> {
  const target = targetManifest(argument, previewed);
  if (target !== undefined) return target;
  const found = await findManifests();
  if (found.length === 0) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t(
        "There is no lab manifest here. Manifests are files named lab.toml, NAME.lab.toml or manifest.toml.",
      ),
    );
    return undefined;
  }
  const items = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which lab?") });
  return picked?.uri;
}
