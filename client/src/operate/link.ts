import * as vscode from "vscode";
import { runPlan, tellFailure } from "../deploy/run.js";
import type { Workshop } from "../workshop.js";
import type { LinkTarget } from "./target.js";

/** Pulls a cable, or plugs it in again; the guests at both ends see it. */
export async function setLink(workshop: Workshop, target: LinkTarget, state: "up" | "down"): Promise<void> {
  const { host, lab, endpoint } = target;
  const { planLink } = await workshop.engine();
  const plan = await planLink(host, { lab, endpoint, state });
  const title =
    state === "down"
      ? vscode.l10n.t("Pulling the cable at {0}", endpoint)
      : vscode.l10n.t("Plugging in the cable at {0}", endpoint);
  await tellFailure(workshop, await runPlan(workshop, title, plan, host, vscode.ProgressLocation.Window));
}
