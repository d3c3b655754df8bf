import type { Outcome, Plan } from "@labscape/lab";
import * as vscode from "vscode";
import type { LabTarget } from "../operate/target.js";
import { problemOf, showProblem, type Choice } from "../problems.js";
import type { Workshop } from "../workshop.js";
import { summarize } from "./plan-text.js";
import { runPlan } from "./run.js";

/** Removes all that a host has of a lab: plans, asks, runs. Needs no manifest, and findings in it do not hinder it. */
export async function destroy(workshop: Workshop, target: Pick<LabTarget, "host" | "lab">): Promise<void> {
  const { host, lab } = target;
  if (lab === "") {
    await vscode.window.showErrorMessage(
      vscode.l10n.t("The manifest gives the lab no name, so nothing can be looked for."),
    );
    return;
  }
  const { planDestroy } = await workshop.engine();
  const plan = await planDestroy(host, { lab });
  if (plan.steps.length === 0) {
    await vscode.window.showInformationMessage(vscode.l10n.t("Nothing of {0} is on {1}.", lab, host.uri));
    return;
  }
  if (!(await confirmed(plan))) return;

  const again: Choice = { title: vscode.l10n.t("Try Again"), run: () => destroy(workshop, target) };
  let outcome: Outcome;
  try {
    outcome = await runPlan(workshop, vscode.l10n.t("Destroying {0}", lab), plan, host);
  } catch (error) {
    await showProblem(workshop.log, problemOf(error), [again]);
    return;
  }
  const [problem] = outcome.problems;
  if (outcome.outcome === "done") {
    await vscode.window.showInformationMessage(vscode.l10n.t("{0} is removed. Nothing of it is left.", lab));
  } else if (problem !== undefined) {
    await showProblem(workshop.log, problem, [again]);
  } else {
    await vscode.window.showWarningMessage(
      vscode.l10n.t("Destroying {0} was cancelled. Destroy removes what is left.", lab),
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
