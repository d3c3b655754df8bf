import * as vscode from "vscode";
import { offer } from "./problems.js";

/** Whether commands may reach a host; when not, says so and offers the way to change it. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  await offer(
    (...titles) =>
      vscode.window.showWarningMessage(
        vscode.l10n.t("Labs run only from trusted folders: a manifest decides what is started on the host."),
        ...titles,
      ),
    [
      {
        title: vscode.l10n.t("Manage Trust"),
        run: () => vscode.commands.executeCommand("workbench.trust.manage"),
      },
    ],
  );
  return vscode.workspace.isTrusted;
}
