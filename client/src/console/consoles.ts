import * as vscode from "vscode";
import { modelFolders } from "../model-folders.js";
import type { Workshop } from "../workshop.js";
import { ConsoleTerminal } from "./terminal.js";

/** The terminals on consoles, one a node. */
export class Consoles {
  readonly #workshop: Workshop;
  readonly #open = new Map<string, vscode.Terminal>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  register(): vscode.Disposable[] {
    return [
      vscode.window.onDidCloseTerminal((closed) => {
        for (const [key, terminal] of this.#open) if (terminal === closed) this.#open.delete(key);
      }),
    ];
  }

  /** Opens a node's console, or shows it when it is open. Without a node asks which. */
  async open(manifest: vscode.Uri, node?: string): Promise<void> {
    const { engine, hosts, labs } = this.#workshop;
    const { openConsole, readManifest } = await engine();
    const document = await vscode.workspace.openTextDocument(manifest);
    const { lab } = await readManifest(manifest.fsPath, document.getText(), modelFolders());
    const host = await hosts.of(manifest, lab.host.uri);
    const status = await labs.follow(manifest.toString(), host, lab.name);
    if (status.nodes.length === 0) {
      await labs.forget(manifest.toString());
      await vscode.window.showInformationMessage(vscode.l10n.t("{0} is not deployed on {1}.", lab.name, host.uri));
      return;
    }
    const name = node ?? (await this.#ask(manifest));
    if (name === undefined) return;
    const key = `${host.uri} ${lab.name} ${name}`;
    const known = this.#open.get(key);
    if (known !== undefined) {
      known.show();
      return;
    }
    const pty = new ConsoleTerminal((onState, force) =>
      openConsole(host, { lab: lab.name, node: name, force, onState }),
    );
    const terminal = vscode.window.createTerminal({
      name: `${name} (${lab.name})`,
      pty,
      iconPath: new vscode.ThemeIcon("vm-connect"),
      isTransient: true,
    });
    this.#open.set(key, terminal);
    terminal.show();
  }

  async #ask(manifest: vscode.Uri): Promise<string | undefined> {
    const badges = Object.entries(this.#workshop.labs.badges(manifest.toString()));
    const items = badges.map(([label, badge]) => ({ label, description: badge.label }));
    if (items.length === 1) return items[0]?.label;
    return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("The console of which node?") }))
      ?.label;
  }
}
