import * as vscode from "vscode";
import type { Canvases } from "./canvas/canvases.js";
import type { Consoles } from "./console/consoles.js";
import { deploy, showPlan } from "./deploy/deploy.js";
import { destroy } from "./deploy/destroy.js";
import { askForManifest } from "./manifests.js";
import { modelFolders } from "./model-folders.js";
import type { Previews } from "./preview/previews.js";
import { problemOf, showProblem } from "./problems.js";
import { requireTrust } from "./trust.js";
import type { Workshop } from "./workshop.js";

/** Every command of the extension. Those that are about a manifest take its URI, or find it themselves. */
export function registerCommands(
  workshop: Workshop,
  previews: Previews,
  canvases: Canvases,
  consoles: Consoles,
): vscode.Disposable[] {
  const { log } = workshop;
  /** The manifest of the picture that has the focus. */
  const pictured = (): vscode.Uri | undefined => previews.active ?? canvases.active;

  /** Every failure of a command ends here, in a message. */
  const command = (name: string, run: (...args: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(`labscape.${name}`, async (...args: unknown[]) => {
      try {
        await run(...args);
      } catch (error) {
        const problem = problemOf(error);
        if (problem.code === "unexpected" && error instanceof Error) log.error(error);
        if (problem.code !== "cancelled") await showProblem(log, problem);
      }
    });

  /** A command that reaches a host. */
  const hostCommand = (
    name: string,
    run: (manifest: vscode.Uri, argument: unknown) => Promise<void>,
  ): vscode.Disposable =>
    command(name, async (argument, second) => {
      if (!(await requireTrust())) return;
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await run(manifest, second);
    });

  return [
    command("openPreview", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await previews.open(manifest);
    }),
    command("openCanvas", async (argument) => {
      const manifest = await askForManifest(argument, pictured());
      if (manifest !== undefined) await canvases.open(manifest);
    }),
    command("showLog", () => log.show()),
    hostCommand("plan", (manifest) => showPlan(workshop, manifest)),
    hostCommand("deploy", (manifest) => deploy(workshop, manifest)),
    hostCommand("destroy", (manifest) => destroy(workshop, manifest)),
    hostCommand("openConsole", (manifest, node) =>
      consoles.open(manifest, typeof node === "string" ? node : undefined),
    ),
    hostCommand("refreshStatus", (manifest) => refreshStatus(workshop, manifest)),
  ];
}

async function refreshStatus({ engine, hosts, labs }: Workshop, manifest: vscode.Uri): Promise<void> {
  const { readManifest } = await engine();
  const document = await vscode.workspace.openTextDocument(manifest);
  const { lab } = await readManifest(manifest.fsPath, document.getText(), modelFolders());
  const host = await hosts.of(manifest, lab.host.uri);
  await labs.forget(manifest.toString());
  const status = await labs.follow(manifest.toString(), host, lab.name);
  if (status.nodes.length === 0) await labs.forget(manifest.toString());
  const text =
    status.nodes.length === 0
      ? vscode.l10n.t("{0} is not deployed on {1}.", lab.name, host.uri)
      : vscode.l10n.t(
          "{0} on {1}: {2} of {3} nodes ready.",
          lab.name,
          host.uri,
          status.nodes.filter(({ ready }) => ready).length,
          status.nodes.length,
        );
  vscode.window.setStatusBarMessage(text, 8000);
}
