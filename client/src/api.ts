import type { LabStatus } from "@labscape/lab";
import * as vscode from "vscode";
import type { Labs } from "./labs/labs.js";

/**
 * What other extensions get from this one: `vscode.extensions.getExtension("labscape.labscape")?.exports`. Members are only
 * added within a version. docs/extension-api.md describes it.
 */
export interface LabscapeApi {
  readonly version: 1;
  /** The labs on the hosts that this window has contacted, as libvirt's events last told. Contacts no host. */
  readonly labs: () => readonly LabStatus[];
  /** The lab that a manifest describes, if it is known to be on a host. */
  readonly labOf: (manifest: vscode.Uri) => LabStatus | undefined;
  /** Fires when one of these may have changed; at most four times a second. */
  readonly onDidChangeLabs: vscode.Event<void>;
  /** Opens the console of a node, as the command of the editor does. */
  readonly openConsole: (manifest: vscode.Uri, node: string) => Promise<void>;
}

export function createApi(labs: Labs): LabscapeApi {
  return {
    version: 1,
    labs: () => labs.hosts.flatMap((host) => host.labs),
    labOf: (manifest) => labs.of(manifest.toString())?.status,
    onDidChangeLabs: labs.onDidChange,
    openConsole: async (manifest, node) => {
      await vscode.commands.executeCommand("labscape.openConsole", manifest, node);
    },
  };
}
