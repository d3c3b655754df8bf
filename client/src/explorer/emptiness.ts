import * as vscode from "vscode";

export const LABS_VIEW = "labscape.labs";

/** Why the view of labs is empty; the welcome texts of package.json have these as conditions. */
export type Emptiness =
  "untrusted" | "libvirt-unreachable" | "permission-denied" | "failed" | "no-lab" | "no-host" | "";

export async function setEmptiness(emptiness: Emptiness): Promise<void> {
  await vscode.commands.executeCommand("setContext", "labscape.explorerEmpty", emptiness);
}
