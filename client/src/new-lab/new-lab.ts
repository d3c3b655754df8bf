import * as vscode from "vscode";
import type { Language } from "../language/index.js";

/** Writes a manifest from a template and opens it; with no folder open, as a text that is not saved yet. */
export async function newLab(language: Language): Promise<void> {
  const templates = await language.templates();
  const picked = await vscode.window.showQuickPick(
    templates.map(({ name, description }) => ({ label: name, description })),
    { title: vscode.l10n.t("New Lab"), placeHolder: vscode.l10n.t("Begin with which lab?") },
  );
  if (picked === undefined) return;
  const template = picked.label;
  const folder = await targetFolder();
  const taken = folder === undefined ? new Set<string>() : await namesIn(folder);
  const fileOf = (lab: string): string => `${lab}.lab.toml`;
  const lab = await vscode.window.showInputBox({
    title: vscode.l10n.t("New Lab"),
    prompt: vscode.l10n.t("Name of the lab"),
    value: freeName(template, (name) => taken.has(fileOf(name))),
    validateInput: async (name) => {
      if (taken.has(fileOf(name))) return vscode.l10n.t("There is a file {0} already.", fileOf(name));
      const made = await language.newLab(template, name);
      return "problem" in made ? made.problem : undefined;
    },
  });
  if (lab === undefined) return;
  const made = await language.newLab(template, lab);
  if ("problem" in made) throw new Error(made.problem);
  const { text } = made;
  if (folder === undefined) {
    const document = await vscode.workspace.openTextDocument({ language: "lab-manifest", content: text });
    await vscode.window.showTextDocument(document);
    return;
  }
  const file = vscode.Uri.joinPath(folder, fileOf(lab));
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(vscode.l10n.t("{0} could not be written", vscode.workspace.asRelativePath(file)));
  }
  await vscode.window.showTextDocument(file);
}

/** The folder of the workspace; asks which where there are several. */
async function targetFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return (await vscode.window.showWorkspaceFolderPick())?.uri;
}

async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name));
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
