import type { Host, Outcome, Plan } from "@labscape/lab";
import * as vscode from "vscode";
import { baseName } from "../paths.js";
import { offer, problemOf, showProblem, type Choice } from "../problems.js";
import type { Workshop } from "../workshop.js";
import { planDetail } from "./plan-view.js";
import { readLab } from "./read-lab.js";
import { runPlan } from "./run.js";

interface Planned {
  readonly host: Host;
  readonly plan: Plan;
}

/** Shows what Deploy would do, and does nothing. */
export async function showPlan(workshop: Workshop, manifest: vscode.Uri): Promise<void> {
  const planned = await makePlan(workshop, manifest);
  if (planned !== undefined) await workshop.plans.show(planned.plan);
}

/** Makes the host match the manifest: plans, asks, runs, and tells how it ended. */
export async function deploy(workshop: Workshop, manifest: vscode.Uri): Promise<void> {
  const planned = await makePlan(workshop, manifest);
  if (planned === undefined) return;
  const { plan, host } = planned;
  const key = manifest.toString();
  if (plan.steps.length > 0 && !(await confirmed(workshop, plan))) return;

  const again: Choice = {
    title: vscode.l10n.t("Try Again"),
    run: () => vscode.commands.executeCommand("labscape.deploy", manifest),
  };
  let outcome: Outcome;
  try {
    await workshop.labs.follow(key, host, plan.lab);
    outcome = await runPlan(workshop, vscode.l10n.t("Deploying {0}", plan.lab), plan, host);
  } catch (error) {
    await showProblem(workshop.log, problemOf(error), [again]);
    return;
  }
  await report(workshop, manifest, plan, outcome, again);
}

async function makePlan(workshop: Workshop, manifest: vscode.Uri): Promise<Planned | undefined> {
  const analysis = await readLab(workshop, manifest);
  if (analysis === undefined) return undefined;
  const name = baseName(manifest.path);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Planning {0}", name) },
    async () => {
      const host = await workshop.hosts.of(manifest, analysis.lab.host.uri);
      const { planUp } = await workshop.engine();
      return { host, plan: await planUp(host, analysis) };
    },
  );
}

/** Asks with the plan in sight. Whoever wants to see every step gets them in an editor, and the question beside it. */
async function confirmed(workshop: Workshop, plan: Plan): Promise<boolean> {
  const deployIt = vscode.l10n.t("Deploy");
  const showIt = vscode.l10n.t("Show Every Step");
  const question = vscode.l10n.t("Deploy {0} on {1}?", plan.lab, plan.uri);
  const options = { modal: true, detail: planDetail(plan) };
  const answer = await vscode.window.showInformationMessage(question, options, deployIt, showIt);
  if (answer !== showIt) return answer === deployIt;
  await workshop.plans.show(plan);
  return (await vscode.window.showInformationMessage(question, deployIt)) === deployIt;
}

async function report(
  workshop: Workshop,
  manifest: vscode.Uri,
  plan: Plan,
  { outcome, counts, problems }: Outcome,
  again: Choice,
): Promise<void> {
  const key = manifest.toString();
  const console: Choice = {
    title: vscode.l10n.t("Open Console"),
    run: () => vscode.commands.executeCommand("labscape.openConsole", key),
  };
  switch (outcome) {
    case "done":
      await offer(
        (...titles) =>
          vscode.window.showInformationMessage(
            plan.steps.length === 0
              ? vscode.l10n.t(
                  "{0} is as the manifest says: {1} of {2} nodes ready.",
                  plan.lab,
                  counts.ready,
                  counts.nodes,
                )
              : vscode.l10n.t("{0}: all {1} nodes ready.", plan.lab, counts.nodes),
            ...titles,
          ),
        [console],
      );
      break;
    case "cancelled":
      await offer(
        (...titles) =>
          vscode.window.showWarningMessage(
            vscode.l10n.t(
              "Deploying {0} was cancelled. Deploy goes on from here, Destroy removes what was made.",
              plan.lab,
            ),
            ...titles,
          ),
        [
          { ...again, title: vscode.l10n.t("Deploy") },
          {
            title: vscode.l10n.t("Destroy"),
            run: () => vscode.commands.executeCommand("labscape.destroy", manifest),
          },
        ],
      );
      break;
    case "failed": {
      const [problem, ...more] = problems;
      const first = problem ?? { code: "failed", message: vscode.l10n.t("Deploying {0} failed", plan.lab), mend: "" };
      for (const other of more) workshop.log.error(`${other.code}: ${other.message} ${other.mend}`);
      await showProblem(workshop.log, first, counts.ready > 0 ? [again, console] : [again]);
      break;
    }
  }
}
