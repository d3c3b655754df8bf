import path from "node:path";
import * as vscode from "vscode";
import { ownLab } from "../labs/labs.js";
import type { Workshop } from "../workshop.js";
import type { LabTarget } from "./target.js";

/** Logs in to nodes with the user's own OpenSSH, each in a terminal. @throws LabError `no-management-address`. */
export async function openSsh(workshop: Workshop, { host, lab, nodes, manifest }: LabTarget): Promise<void> {
  const { knownHostsFile, sshArguments, sshNodes } = await workshop.engine();
  const status = ownLab(await workshop.labs.watch(host), host, lab);
  if (status === undefined) return;
  const knownHosts = knownHostsFile(status);
  await vscode.workspace.fs.createDirectory(vscode.Uri.file(path.dirname(knownHosts)));
  for (const node of sshNodes(status, { lab: manifest?.lab })) {
    if (!nodes.includes(node.name)) continue;
    const shellArgs = [...sshArguments(status, node, [], knownHosts)];
    const name = `ssh ${node.name} (${lab})`;
    const iconPath = new vscode.ThemeIcon("remote");
    vscode.window.createTerminal({ name, shellPath: "ssh", shellArgs, iconPath, isTransient: true }).show();
  }
}
