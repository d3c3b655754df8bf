import * as vscode from "vscode";
import type { Analyzed } from "../language/protocol.js";
import type { Labs } from "../labs/labs.js";
import { runningText } from "../labs/state-text.js";
import { LANGUAGE_ID } from "../manifests.js";

/** Two entries of the language status of the manifest in front: its findings, and what runs of it. */
export class StatusItems {
  readonly #labs: Labs;
  readonly #analyzed = new Map<string, Analyzed>();
  readonly #findings = vscode.languages.createLanguageStatusItem("labscape.findings", { language: LANGUAGE_ID });
  readonly #running = vscode.languages.createLanguageStatusItem("labscape.running", { language: LANGUAGE_ID });

  constructor(labs: Labs) {
    this.#labs = labs;
    this.#findings.name = vscode.l10n.t("Findings of the lab");
    this.#running.name = vscode.l10n.t("What runs of the lab");
  }

  register(): { dispose(): unknown }[] {
    return [
      this.#findings,
      this.#running,
      this.#labs.onDidChange(() => this.#show()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#analyzed.delete(uri.toString())),
    ];
  }

  note(analyzed: Analyzed): void {
    this.#analyzed.set(analyzed.uri, analyzed);
    this.#show();
  }

  #show(): void {
    const manifest = vscode.window.activeTextEditor?.document.uri.toString();
    if (manifest === undefined) return;
    this.#showFindings(this.#analyzed.get(manifest));
    this.#showRunning(manifest);
  }

  #showFindings(analyzed: Analyzed | undefined): void {
    const errors = analyzed?.errors ?? 0;
    const { Error, Information } = vscode.LanguageStatusSeverity;
    this.#findings.severity = errors > 0 ? Error : Information;
    this.#findings.busy = analyzed === undefined;
    this.#findings.text = errors > 0 ? vscode.l10n.t("Errors: {0}", errors) : vscode.l10n.t("No errors");
    this.#findings.detail = analyzed?.lab ?? "";
    this.#findings.command = {
      command: "workbench.actions.view.problems",
      title: vscode.l10n.t("Show Problems"),
    };
  }

  #showRunning(manifest: string): void {
    const nodes = this.#labs.of(manifest)?.status.nodes;
    this.#running.text = nodes === undefined ? vscode.l10n.t("Not known to run") : runningText(nodes);
    this.#running.command = {
      command: "labscape.plan",
      title: vscode.l10n.t("Show Plan"),
      arguments: [vscode.Uri.parse(manifest)],
    };
  }
}
