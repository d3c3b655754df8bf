import * as vscode from "vscode";
import type { Editing } from "../editing.js";
import type { Labs } from "../labs/labs.js";
import type { LabDescription } from "../language/lab-protocol.js";
import { findManifests } from "../manifests.js";

export interface ToolParts {
  readonly editing: Editing;
  readonly labs: Labs;
  /** What deploying would change on the manifest's host. */
  readonly explainPlan: (manifest: vscode.Uri) => Promise<string>;
}

/** Read-only tools for language models: none changes a file or a host. The texts that models read are in package.json. */
export function registerTools(parts: ToolParts): vscode.Disposable[] {
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
      (manifest) => describeLab(parts, manifest),
    ),
    tool(
      "listFindings",
      (file) => vscode.l10n.t("Checking the lab {0}", file),
      (manifest) => listFindings(parts, manifest),
    ),
    tool(
      "explainPlan",
      (file) => vscode.l10n.t("Planning the lab {0}", file),
      (manifest) => parts.explainPlan(manifest),
    ),
  ];
}

/** A manifest's lab as the language server has it, from what the editor shows of it, saved or not. */
async function describe({ language }: Editing, manifest: vscode.Uri): Promise<LabDescription> {
  await vscode.workspace.openTextDocument(manifest); // What is not open the language server does not describe.
  const lab = await (await language()).describe(manifest);
  if (lab !== undefined) return lab;
  throw new Error(vscode.l10n.t("{0} describes no lab.", vscode.workspace.asRelativePath(manifest)));
}

async function describeLab({ editing, labs }: ToolParts, manifest: vscode.Uri): Promise<string> {
  const { lab } = await describe(editing, manifest);
  const states = Object.entries(labs.badges(manifest.toString())).map(([name, { label }]) => [name, label]);
  return JSON.stringify({ ...lab, states: Object.fromEntries(states) as unknown });
}

async function listFindings({ editing }: ToolParts, manifest: vscode.Uri): Promise<string> {
  const { findings } = await describe(editing, manifest);
  return JSON.stringify(
    findings.map(({ uri, ...finding }) => ({
      file: vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true)),
      ...finding,
    })),
  );
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
