import * as vscode from "vscode";
import type { LabItem } from "../explorer/tree.js";
import { manifestUri } from "../labs/labs.js";
import type { Diagram } from "../language/protocol.js";
import { showPlace } from "../show-place.js";

/** Opens the manifest that a lab was deployed from, at the node that an item is about. */
export async function reveal(
  item: LabItem,
  diagram: (manifest: vscode.Uri) => Promise<Diagram | undefined>,
): Promise<void> {
  const manifest = manifestUri(item.lab);
  if (manifest === undefined) {
    await vscode.window.showInformationMessage(
      vscode.l10n.t("From which manifest {0} was deployed is not known.", item.lab.name),
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument(manifest); // VS Code says when there is no such file.
  const name = item.kind === "node" || item.kind === "port" ? item.node.name : undefined;
  const place = name === undefined ? undefined : (await diagram(manifest))?.nodes.find((node) => node.name === name);
  if (place === undefined) {
    await vscode.window.showTextDocument(document);
    return;
  }
  await showPlace(place, vscode.ViewColumn.Active);
}
