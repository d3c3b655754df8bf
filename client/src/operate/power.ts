import * as vscode from "vscode";
import { runPlan, tellFailure } from "../deploy/run.js";
import type { Workshop } from "../workshop.js";
import type { LabTarget } from "./target.js";

/** What is done to nodes that are on the host; their definitions stay. */
export type NodeAction = "start" | "stop" | "restart" | "suspend" | "resume";

/** Starts, stops, ... nodes, with Cancel in sight. A whole lab is stopped or restarted only after a question. */
export async function power(workshop: Workshop, target: LabTarget, action: NodeAction): Promise<void> {
  const { host, lab, nodes, manifest } = target;
  const { planPower, labServices } = await workshop.engine();
  const plan = await planPower(host, {
    lab,
    action: action === "stop" ? "down" : action,
    nodes,
    ...(manifest === undefined ? {} : { manifest: { lab: manifest.lab, services: labServices(host) } }),
  });
  if (plan.steps.length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("Nothing to do: it is so already."), 5000);
    return;
  }
  const what = nodes.length === 0 ? lab : nodes.join(", ");
  if (nodes.length === 0 && !(await confirmed(action, lab, plan.steps.length))) return;
  await tellFailure(workshop, await runPlan(workshop, titleOf(action, what), plan, host));
}

async function confirmed(action: NodeAction, lab: string, nodes: number): Promise<boolean> {
  if (action !== "stop" && action !== "restart") return true;
  const [question, yes] =
    action === "stop"
      ? [vscode.l10n.t("Stop all of {0}?", lab), vscode.l10n.t("Stop")]
      : [vscode.l10n.t("Restart all of {0}?", lab), vscode.l10n.t("Restart")];
  const detail = vscode.l10n.t("Steps: {0}. Guests are asked to shut down; what they store stays.", nodes);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

function titleOf(action: NodeAction, what: string): string {
  switch (action) {
    case "start":
      return vscode.l10n.t("Starting {0}", what);
    case "stop":
      return vscode.l10n.t("Stopping {0}", what);
    case "restart":
      return vscode.l10n.t("Restarting {0}", what);
    case "suspend":
      return vscode.l10n.t("Suspending {0}", what);
    case "resume":
      return vscode.l10n.t("Resuming {0}", what);
  }
}
