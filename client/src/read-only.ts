import * as vscode from "vscode";

/**
 * Whether the user or the file system keeps a document from being changed. VS Code asks this of its own editors only: it applies
 * an extension's edit to a read-only document all the same, and then never saves it.
 */
export async function isReadOnly(document: vscode.TextDocument): Promise<boolean> {
  const { uri } = document;
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return true;
  if (isMarked("readonlyInclude", document) && !isMarked("readonlyExclude", document)) return true;
  if (document.isUntitled) return false;
  try {
    const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
    return (permissions & vscode.FilePermission.Readonly) !== 0;
  } catch (error) {
    // Deleted beneath its editor: saving makes it anew.
    if (error instanceof vscode.FileSystemError) return false;
    throw error;
  }
}

/** Whether one of a setting's globs is for this document. */
function isMarked(setting: string, document: vscode.TextDocument): boolean {
  const globs = vscode.workspace
    .getConfiguration("files", document.uri)
    .get<Readonly<Record<string, unknown>>>(setting);
  return Object.entries(globs ?? {}).some(
    ([pattern, on]) => on === true && vscode.languages.match({ pattern }, document) > 0,
  );
}
