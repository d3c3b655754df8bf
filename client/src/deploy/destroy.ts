import type { Outcome, Plan } from "@labscape/lab";
import * as vscode from "vscode";
import { modelFolders } from "../model-folders.js";
import { problemOf, showProblem, type Choice } from "../problems.js";
import type { Workshop } from "../workshop.js";
import { summarize } from "./plan-text.js";
import { runPlan } from "./run.js";

/** Removes all that runs of a manifest's lab: plans, asks, runs. Findings in the manifest do not hinder it. */
export async function destroy(workshop: Workshop, manifest: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(manifest);
  const { planDestroy, readManifest } = await workshop.engine();
  const { lab } = await readManifest(manifest.fsPath, document.getText(), modelFolders());
  if (lab.name === "") {
    await vscode.window.showErrorMessage(
      vscode.l10n.t("The manifest gives the lab no name, so nothing can be looked for."),
    );
    return;
  }
  const host = await workshop.hosts.of(manifest, lab.host.uri);
  const plan = await planDestroy(host, { lab: lab.name });
  if (plan.steps.length === 0) {
    await workshop.labs.forget(manifest.toString());
    await vscode.window.showInformationMessage(vscode.l10n.t("Nothing of {0} is on {1}.", lab.name, host.uri));
    return;
  }
  if (!(await confirmed(plan))) return;

  const again: Choice = {
    title: vscode.l10n.t("Try Again"),
    run: () => vscode.commands.executeCommand("labscape.destroy", manifest),
  };
  let outcome: Outcome;
  try {
    outcome = await runPlan(workshop, manifest.toString(), vscode.l10n.t("Destroying {0}", plan.lab), plan, host);
  } catch (error) {
    await showProblem(workshop.log, problemOf(error), [again]);
    return;
  }
  if (outcome.outcome === "done") await workshop.labs.forget(manifest.toString());
  const [problem] = outcome.problems;
  if (outcome.outcome === "done") {
    await vscode.window.showInformationMessage(vscode.l10n.t("{0} is removed. Nothing of it is left.", plan.lab));
  } else if (problem !== undefined) {
    await showProblem(workshop.log, problem, [again]);
  } else {
    await vscode.window.showWarningMessage(
      vscode.l10n.t("Destroying {0} was cancelled. Destroy removes what is left.", plan.lab),
    );
  }
}

async function confirmed(plan: Plan): Promise<boolean> {
  const yes = vscode.l10n.t("Destroy");
  const { remove, others } = summarize(plan);
  const detail = [
    remove.length === 0 ? "" : vscode.l10n.t("Nodes, with their disks: {0}", remove.join(", ")),
    others === 0 ? "" : vscode.l10n.t("Networks and storage of the lab: {0} steps", others),
    vscode.l10n.t("What Labscape did not make stays as it is."),
  ].filter((line) => line !== "");
  const question = vscode.l10n.t("Destroy {0} on {1}?", plan.lab, plan.uri);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail: detail.join("\n") }, yes)) === yes;
}
