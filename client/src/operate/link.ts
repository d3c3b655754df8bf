import * as vscode from "vscode";
import { runPlan, tellFailure } from "../deploy/run.js";
import type { LabItem } from "../explorer/tree.js";
import type { Workshop } from "../workshop.js";

/** Pulls the cable of a port or a link, or plugs it in again; the guests at both ends see it. */
export async function setLink(workshop: Workshop, item: LabItem, state: "up" | "down"): Promise<void> {
  if (item.kind !== "port" && item.kind !== "link") return;
  const { host, lab, link } = item;
  const { planLink } = await workshop.engine();
  const plan = await planLink(host, { lab: lab.name, endpoint: link.src, state });
  const title =
    state === "down"
      ? vscode.l10n.t("Pulling the cable at {0}", link.src)
      : vscode.l10n.t("Plugging in the cable at {0}", link.src);
  await tellFailure(workshop, await runPlan(workshop, title, plan, host, vscode.ProgressLocation.Window));
}
