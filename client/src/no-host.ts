import * as vscode from "vscode";
import { offer } from "./problems.js";

/** Why no host can be reached: the editor is a page of a browser, or the manifest is in a folder that is on no disk. */
export type NoHost = "browser" | "virtual";

/** Whether a manifest is on a disk, or will be when it is saved. */
export function mayRun(manifest: vscode.Uri): boolean {
  return manifest.scheme === "file" || manifest.scheme === "untitled";
}

function reason(why: NoHost): string {
  return why === "browser"
    ? vscode.l10n.t(
        "Labs run on a Linux host, which an editor in the browser cannot reach. Open this folder on such a host, for instance by Remote-SSH or a tunnel, and deploy from there.",
      )
    : vscode.l10n.t(
        "This manifest is in a virtual folder, and what a lab needs must be on a disk. Clone the folder to this machine or to a Linux host, open it there, and deploy from there.",
      );
}

/** The same as {@link tellNoHost} for who cannot take a button. */
export function noHostError(why: NoHost): Error {
  return new Error(reason(why));
}

/** Says why labs cannot run here, and offers the way to where they can. */
export async function tellNoHost(why: NoHost): Promise<void> {
  await offer(
    (...titles) => vscode.window.showWarningMessage(reason(why), ...titles),
    [
      {
        title: vscode.l10n.t("Open on a Host"),
        run: () => vscode.commands.executeCommand("workbench.action.remote.showMenu"),
      },
    ],
  );
}
