import type { Check } from "@labscape/lab";
import * as vscode from "vscode";
import { settingUri } from "../hosts.js";
import type { Workshop } from "../workshop.js";

interface CheckItem extends vscode.QuickPickItem {
  readonly check: Check;
}

/**
 * Says what this host lacks to run labs, for what, and how to get it: a list with what fails first. Taking an entry puts the
 * command that mends it into a terminal, not yet sent.
 */
export async function doctor({ engine, log }: Workshop): Promise<void> {
  const uri = settingUri();
  const { examineHost } = await engine();
  const checks = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Looking at the host of the labs") },
    () => examineHost(uri),
  );
  for (const { name, result, message, mend } of checks) log.info(`${name}: ${result}, ${message}. ${mend}`);
  const items = inOrder(checks).map(itemOf);
  const lacking = checks.filter(({ result }) => result !== "ok").length;
  const picked = await vscode.window.showQuickPick(items, {
    title: lacking === 0 ? vscode.l10n.t("This host has all that labs need") : vscode.l10n.t("What this host lacks"),
    placeHolder: vscode.l10n.t("Take an entry to get its mend into a terminal"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked !== undefined) await mend(picked.check);
}

/** What fails first, then what works in part. */
function inOrder(checks: readonly Check[]): readonly Check[] {
  const weight: Readonly<Record<Check["result"], number>> = { failed: 0, warning: 1, ok: 2 };
  return [...checks].sort((a, b) => weight[a.result] - weight[b.result]);
}

const ICONS: Readonly<Record<Check["result"], string>> = { ok: "$(pass)", warning: "$(warning)", failed: "$(error)" };

function itemOf(check: Check): CheckItem {
  const { name, result, message, neededFor, mend: how } = check;
  const needed = vscode.l10n.t("needed for {0}", neededFor);
  const detail = result === "ok" ? {} : { detail: how === "" ? needed : `${how} (${needed})` };
  return { label: `${ICONS[result]} ${name}`, description: message, ...detail, check };
}

async function mend({ name, mend: how, command }: Check): Promise<void> {
  if (command !== undefined) {
    const terminal = vscode.window.createTerminal({ name: vscode.l10n.t("Mend {0}", name), isTransient: true });
    terminal.show();
    terminal.sendText(command, false);
  } else if (how !== "") {
    await vscode.window.showInformationMessage(how);
  }
}
