import type { Plan } from "@labscape/lab";
import * as vscode from "vscode";
import { actionText } from "./action-text.js";
import { planText, summarize } from "./plan-text.js";

const SCHEME = "labscape-plan";

/** Plans in read-only editors, coloured as diffs are. */
export class PlanView {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();

  register(): { dispose(): unknown }[] {
    return [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.path) ?? "",
      }),
    ];
  }

  async show(plan: Plan): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${plan.lab}.plan` });
    this.#texts.set(uri.path, planText(plan));
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, "diff");
    await vscode.window.showTextDocument(document, { preview: true });
  }
}

/** The plan in a few lines, for a question. */
export function planDetail(plan: Plan): string {
  const { create, change, restart, start, remove, others } = summarize(plan);
  const line = (title: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${title}: ${shorten(names)}`];
  const rows = [
    ...line(vscode.l10n.t("Create"), create),
    ...line(vscode.l10n.t("Change"), change),
    ...line(vscode.l10n.t("Restart"), restart),
    ...line(vscode.l10n.t("Start"), start),
    ...line(vscode.l10n.t("Remove"), remove),
    ...(others === 0 ? [] : [vscode.l10n.t("Networks, links and disks: {0} steps", others)]),
  ];
  const consents = plan.consents.map(({ node, action, reason }) => `${actionText(action, node)}: ${reason}`);
  const warnings = plan.warnings.map(({ message, mend }) => vscode.l10n.t("Warning: {0}. {1}", message, mend));
  return [rows, consents, warnings].flatMap((part) => (part.length === 0 ? [] : [part.join("\n")])).join("\n\n");
}

function shorten(names: readonly string[]): string {
  const shown = 12;
  if (names.length <= shown) return names.join(", ");
  return vscode.l10n.t("{0} and {1} more", names.slice(0, shown).join(", "), names.length - shown);
}
