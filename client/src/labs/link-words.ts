import * as vscode from "vscode";
import type { LinkWords } from "./link-badges.js";

/** The state of a link in words. */
export function linkStateText(state: "up" | "down"): string {
  return state === "up" ? vscode.l10n.t("up") : vscode.l10n.t("down");
}

export function linkWords(): LinkWords {
  return {
    up: linkStateText("up"),
    down: linkStateText("down"),
    notCounted: (type) =>
      vscode.l10n.t("traffic not counted on links of type {0}, but on those of type wire and bridge", type),
    from: (rate, end) => vscode.l10n.t("{0} from {1}", rate, end),
  };
}
