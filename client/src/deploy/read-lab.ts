import type { Analysis } from "@labscape/topology";
import * as vscode from "vscode";
import { modelFolders } from "../model-folders.js";
import { offer } from "../problems.js";
import type { Workshop } from "../workshop.js";

/**
 * The lab that a manifest on disk means. An edited manifest is saved first, with what it includes, so that what runs is what
 * the files say.
 * Undefined when the person must act first, who has then been told.
 */
export async function readLab(workshop: Workshop, manifest: vscode.Uri): Promise<Analysis | undefined> {
  const document = await vscode.workspace.openTextDocument(manifest);
  if (manifest.scheme !== "file" || document.isUntitled || !(await saved(document))) {
    await vscode.window.showWarningMessage(
      vscode.l10n.t("Save the manifest to a file first: files that it names are looked for beside it."),
    );
    return undefined;
  }
  const { readManifest } = await workshop.engine();
  const read = () => readManifest(manifest.fsPath, document.getText(), modelFolders());
  const before = await read();
  const edited = editedParts(before);
  // Where saving fails, VS Code says so.
  if (!(await Promise.all(edited.map(saved))).every(Boolean)) return undefined;
  const analysis = edited.length === 0 ? before : await read();
  const errors = analysis.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return analysis;
  await offer(
    (...titles) =>
      vscode.window.showErrorMessage(
        errors.length === 1
          ? vscode.l10n.t("The manifest has an error: {0}", errors[0]?.message ?? "")
          : vscode.l10n.t("The manifest has {0} errors. Mend them first: nothing was started.", errors.length),
        ...titles,
      ),
    [
      {
        title: vscode.l10n.t("Show Problems"),
        run: () => vscode.commands.executeCommand("workbench.actions.view.problems"),
      },
    ],
  );
  return undefined;
}

/** Included files with changes that are not on the disk yet. */
function editedParts({ sources }: Analysis): readonly vscode.TextDocument[] {
  const files = new Set(sources.slice(1).map(({ file }) => file));
  return vscode.workspace.textDocuments.filter(
    ({ uri, isDirty }) => isDirty && uri.scheme === "file" && files.has(uri.fsPath),
  );
}

async function saved(document: vscode.TextDocument): Promise<boolean> {
  return document.isDirty ? document.save() : true;
}
