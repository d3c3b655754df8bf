import * as vscode from "vscode";
import { planText } from "../deploy/plan-text.js";
import { modelFolders } from "../model-folders.js";
import { mayRun, noHostError } from "../no-host.js";
import type { Workshop } from "../workshop.js";

/** What deploying a manifest would change on its host, as text. Contacts the host and changes nothing. */
export async function explainPlan({ engine, hosts }: Workshop, manifest: vscode.Uri): Promise<string> {
  if (!vscode.workspace.isTrusted)
    throw new Error(vscode.l10n.t("The workspace is not trusted: no host is contacted."));
  if (!mayRun(manifest)) throw noHostError("virtual");
  const { planUp, readManifest } = await engine();
  const text = (await vscode.workspace.openTextDocument(manifest)).getText();
  const analysis = await readManifest(manifest.fsPath, text, modelFolders());
  return planText(await planUp(await hosts.of(manifest, analysis.lab.host.uri), analysis));
}
