import * as vscode from "vscode";
import { LANGUAGE_ID } from "../manifests.js";
import type { NodeBadge } from "./badge.js";
import type { Labs } from "./labs.js";

const ICONS: Readonly<Record<NodeBadge["state"], string>> = {
  running: "$(pass-filled)",
  booting: "$(loading~spin)",
  stopped: "$(circle-large-outline)",
  paused: "$(debug-pause)",
  missing: "$(circle-slash)",
  failed: "$(error)",
};

/**
 * The lenses of a manifest, with what runs: each node's lens shows its state. The lens of a node that is not known to run is
 * left out, so that a lab that is only being written stays quiet.
 */
export function lensesWithStates(
  lenses: readonly vscode.CodeLens[],
  badges: Readonly<Record<string, NodeBadge>>,
): vscode.CodeLens[] {
  return lenses.flatMap((lens) => {
    const { command } = lens;
    if (command?.command !== "labscape.openConsole") return [lens];
    const node: unknown = command.arguments?.[1];
    const badge = typeof node === "string" ? badges[node] : undefined;
    if (badge === undefined || badge.state === "missing") return [];
    const title = `${ICONS[badge.state]}\u00a0${badge.label} · ${vscode.l10n.t("Console")}`;
    return [new vscode.CodeLens(lens.range, { ...command, title })];
  });
}

/** The same lenses, named in the editor's language. */
export function lensesInWords(lenses: readonly vscode.CodeLens[]): vscode.CodeLens[] {
  return lenses.map((lens) => {
    const { command } = lens;
    const title = command === undefined ? undefined : titleOf(command.command);
    return command === undefined || title === undefined ? lens : new vscode.CodeLens(lens.range, { ...command, title });
  });
}

function titleOf(command: string): string | undefined {
  switch (command) {
    case "labscape.deploy":
      return vscode.l10n.t("Deploy");
    case "labscape.plan":
      return vscode.l10n.t("Plan");
    case "labscape.destroy":
      return vscode.l10n.t("Destroy");
    case "labscape.openPreview":
      return vscode.l10n.t("Preview");
    default:
      return undefined;
  }
}

/** The lenses of a manifest where no lab can run: of those that reach a host only Deploy stays, which says what to do. */
export function lensesWithoutHost(lenses: readonly vscode.CodeLens[]): vscode.CodeLens[] {
  const kept: readonly unknown[] = ["labscape.deploy", "labscape.openPreview"];
  return lenses.filter(({ command }) => kept.includes(command?.command));
}

/** Calls `run` when what the lenses of open manifests say is another than at the last call. */
export function whenLensesChange(labs: Labs, run: () => unknown): () => void {
  let last = "";
  return () => {
    const manifests = vscode.workspace.textDocuments.filter(({ languageId }) => languageId === LANGUAGE_ID);
    const states = JSON.stringify(manifests.map(({ uri }) => labs.badges(uri.toString())));
    if (states === last) return;
    last = states;
    run();
  };
}
