import type { Host, Outcome, Plan } from "@labscape/lab";
import * as vscode from "vscode";
import type { Workshop } from "../workshop.js";
import { eventText, RunProgress } from "./progress.js";

/** Carries a plan out in sight: progress with Cancel in a notification, every event in the log. */
export async function runPlan(
  workshop: Workshop,
  manifest: string,
  title: string,
  plan: Plan,
  host: Host,
): Promise<Outcome> {
  const { applyPlan } = await workshop.engine();
  const run = new RunProgress(plan.steps);
  const text = { ready: (ready: number, nodes: number) => vscode.l10n.t("{0} of {1} nodes ready", ready, nodes) };
  workshop.log.info(title);
  await workshop.labs.follow(manifest, host, plan.lab);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const cancelled = token.onCancellationRequested(() => abort.abort());
      try {
        return await applyPlan(plan, host, {
          signal: abort.signal,
          wait: "ready",
          onEvent: (event) => {
            const line = eventText(event);
            if (line !== undefined) workshop.log.info(line);
            progress.report({ increment: run.note(event), message: run.describe(text) });
            workshop.labs.note(manifest, event);
          },
        });
      } finally {
        cancelled.dispose();
      }
    },
  );
}
