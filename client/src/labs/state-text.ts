import type { NodeStatus } from "@labscape/lab";
import * as vscode from "vscode";
import type { NodeBadge } from "./badge.js";

/** How many of a lab's nodes run, in words. */
export function runningText(nodes: readonly Pick<NodeStatus, "state">[]): string {
  const running = nodes.filter(({ state }) => state === "running").length;
  return vscode.l10n.t("{0} of {1} nodes running", running, nodes.length);
}

/** A node's state in words. */
export function stateText(state: NodeBadge["state"] | "ready"): string {
  switch (state) {
    case "ready":
      return vscode.l10n.t("ready");
    case "running":
      return vscode.l10n.t("running");
    case "booting":
      return vscode.l10n.t("booting");
    case "stopped":
      return vscode.l10n.t("stopped");
    case "paused":
      return vscode.l10n.t("paused");
    case "missing":
      return vscode.l10n.t("not deployed");
    case "failed":
      return vscode.l10n.t("failed");
  }
}
