import type { Step } from "@labscape/lab";
import * as vscode from "vscode";

/** What a step does to something, in a few words. */
export function actionText(action: Step["action"], name: string): string {
  switch (action) {
    case "create":
      return vscode.l10n.t("create {0}", name);
    case "start":
      return vscode.l10n.t("start {0}", name);
    case "update":
      return vscode.l10n.t("update {0}", name);
    case "restart":
      return vscode.l10n.t("restart {0}", name);
    case "replace":
      return vscode.l10n.t("replace {0}", name);
    case "remove":
      return vscode.l10n.t("remove {0}", name);
    case "stop":
      return vscode.l10n.t("stop {0}", name);
    case "suspend":
      return vscode.l10n.t("suspend {0}", name);
    case "resume":
      return vscode.l10n.t("resume {0}", name);
  }
}
