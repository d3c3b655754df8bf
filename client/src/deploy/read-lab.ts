import type { Analysis } from "@labscape/topology";
import * as vscode from "vscode";
import { modelFolders } from "../model-folders.js";
import { offer } from "../problems.js";
import type { Workshop } from "../workshop.js";

/**
 * The lab that a manifest on disk means. An edited manifest is saved first, so that what runs is what the file says.
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
  const analysis = await readManifest(manifest.fsPath, document.getText(), modelFolders());
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

async function saved(document: vscode.TextDocument): Promise<boolean> {
  return document.isDirty ? document.save() : true;
}
