import * as vscode from "vscode";
import { planText } from "../deploy/plan-text.js";
import { findManifests } from "../manifests.js";
import { modelFolders } from "../model-folders.js";
import type { Workshop } from "../workshop.js";

/** Read-only tools for language models: none changes a file or a host. The texts that models read are in package.json. */
export function registerTools(workshop: Workshop): vscode.Disposable[] {
  const tool = (
    name: string,
    title: (manifest: string) => string,
    answer: (manifest: vscode.Uri) => Promise<string>,
  ): vscode.Disposable =>
    vscode.lm.registerTool<unknown>(`labscape_${name}`, {
      prepareInvocation: ({ input }) => ({ invocationMessage: title(fileOf(input) ?? "") }),
      invoke: async ({ input }) => {
        const text = await answer(await manifestOf(fileOf(input)));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      },
    });
  return [
    tool(
      "describeLab",
      (file) => vscode.l10n.t("Reading the lab {0}", file),
      (manifest) => describeLab(workshop, manifest),
    ),
    tool(
      "listFindings",
      (file) => vscode.l10n.t("Checking the lab {0}", file),
      (manifest) => listFindings(workshop, manifest),
    ),
    tool(
      "explainPlan",
      (file) => vscode.l10n.t("Planning the lab {0}", file),
      (manifest) => explainPlan(workshop, manifest),
    ),
  ];
}

async function describeLab({ engine, labs }: Workshop, manifest: vscode.Uri): Promise<string> {
  const { describe } = await engine();
  const text = (await vscode.workspace.openTextDocument(manifest)).getText();
  const states = Object.entries(labs.badges(manifest.toString())).map(([name, { label }]): [string, string] => [
    name,
    label,
  ]);
  return JSON.stringify({
    ...(await describe(manifest.fsPath, text, modelFolders())),
    states: Object.fromEntries(states),
  });
}

async function listFindings({ engine }: Workshop, manifest: vscode.Uri): Promise<string> {
  const { findingsOf } = await engine();
  const text = (await vscode.workspace.openTextDocument(manifest)).getText();
  return JSON.stringify(await findingsOf(manifest.fsPath, text, modelFolders()));
}

async function explainPlan({ engine, hosts }: Workshop, manifest: vscode.Uri): Promise<string> {
  if (!vscode.workspace.isTrusted)
    throw new Error(vscode.l10n.t("The workspace is not trusted: no host is contacted."));
  const { planUp, readManifest } = await engine();
  const text = (await vscode.workspace.openTextDocument(manifest)).getText();
  const analysis = await readManifest(manifest.fsPath, text, modelFolders());
  return planText(await planUp(await hosts.of(manifest, analysis.lab.host.uri), analysis));
}

function fileOf(input: unknown): string | undefined {
  if (typeof input !== "object" || input === null || !("file" in input)) return undefined;
  return typeof input.file === "string" && input.file !== "" ? input.file : undefined;
}

/** A manifest of the workspace by its path there; without one the only manifest. */
async function manifestOf(file: string | undefined): Promise<vscode.Uri> {
  const manifests = await findManifests();
  const names = manifests.map((uri) => vscode.workspace.asRelativePath(uri));
  const [only] = manifests;
  const found = file === undefined ? (manifests.length === 1 ? only : undefined) : manifests[names.indexOf(file)];
  if (found !== undefined) return found;
  throw new Error(vscode.l10n.t("Name one of the manifests of the workspace: {0}", names.join(", ")));
}
