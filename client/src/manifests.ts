import * as vscode from "vscode";

export const LANGUAGE_ID = "lab-manifest";
/** The files that hold manifests, by their names. */
export const MANIFEST_FILES = "**/{*.lab.toml,lab.toml,manifest.toml}";

/** So many are offered. */
const MAX_MANIFESTS = 500;
/** So many folders of a workspace that is on no disk are looked into. */
const MAX_FOLDERS = 2000;

/** The manifests of the workspace, by their names, in the order of their paths. */
export async function findManifests(): Promise<vscode.Uri[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = await Promise.all(folders.map(({ uri }) => (uri.scheme === "file" ? onDisk(uri) : elsewhere(uri))));
  const sorted = found.flat().sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
  return sorted.slice(0, MAX_MANIFESTS);
}

async function onDisk(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const pattern = new vscode.RelativePattern(folder, MANIFEST_FILES);
  return vscode.workspace.findFiles(pattern, "**/node_modules/**", MAX_MANIFESTS);
}

/** Most file systems of extensions have no search, and the editor's own would wait for one for ever. */
async function elsewhere(root: vscode.Uri): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const waiting = [root];
  let count = 0;
  for (let folder = waiting.shift(); folder !== undefined && count < MAX_FOLDERS; folder = waiting.shift()) {
    count++;
    for (const [name, type] of await entriesOf(folder)) {
      const place = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory && !/^(\.|node_modules$)/.test(name)) waiting.push(place);
      else if (type === vscode.FileType.File && /^(.*\.lab|lab|manifest)\.toml$/.test(name)) found.push(place);
    }
  }
  return found;
}

async function entriesOf(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return []; // Gone meanwhile, or not for this user.
    throw error;
  }
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
