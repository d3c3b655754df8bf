import type { Host, Outcome, Plan } from "@labscape/lab";
import * as vscode from "vscode";
import { showProblem } from "../problems.js";
import type { Workshop } from "../workshop.js";
import { actionText } from "./action-text.js";
import { eventText, RunProgress, type ProgressWords } from "./progress.js";

/** Carries a plan out in sight: progress, with Cancel where there is a notification; every event in the log. */
export async function runPlan(
  { engine, labs, log }: Workshop,
  title: string,
  plan: Plan,
  host: Host,
  location: vscode.ProgressLocation = vscode.ProgressLocation.Notification,
): Promise<Outcome> {
  const { applyPlan } = await engine();
  const run = new RunProgress(plan.steps);
  const words: ProgressWords = {
    ready: (ready, nodes) => vscode.l10n.t("{0} of {1} nodes ready", ready, nodes),
    doing: actionText,
  };
  log.info(title);
  await labs.watch(host);
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const abort = new AbortController();
    const cancelled = token.onCancellationRequested(() => abort.abort());
    try {
      return await applyPlan(plan, host, {
        signal: abort.signal,
        wait: "ready",
        onEvent: (event) => {
          const line = eventText(event);
          if (line !== undefined) log.info(line);
          progress.report({ increment: run.note(event), message: run.describe(words) });
          labs.note(host, plan.lab, event);
        },
      });
    } finally {
      cancelled.dispose();
    }
  });
}

/** Tells why a run has failed; a run that went well or was cancelled needs no words. */
export async function tellFailure({ log }: Workshop, { outcome, problems: [problem] }: Outcome): Promise<void> {
  if (outcome === "failed" && problem !== undefined) await showProblem(log, problem);
}
