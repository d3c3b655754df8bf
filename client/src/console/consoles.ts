import type { Host, LabStatus, NodeStatus } from "@labscape/lab";
import * as vscode from "vscode";
import { ownLab } from "../labs/labs.js";
import { stateText } from "../labs/state-text.js";
import type { LabTarget } from "../operate/target.js";
import type { Workshop } from "../workshop.js";
import { arrangeGrid, colourOf } from "./look.js";
import { ConsoleTerminal } from "./terminal.js";

type Members = NonNullable<NodeStatus["members"]>;

interface OpenConsole {
  readonly lab: string;
  /** What its virtual machine is called: "r1", or "r1.vcp" of a device of several. */
  readonly machine: string;
  readonly pty: ConsoleTerminal;
  readonly terminal: vscode.Terminal;
  /** Among the editors, not in the panel. */
  readonly inGrid: boolean;
}

/** The terminals on consoles, one a virtual machine. */
export class Consoles {
  readonly #workshop: Workshop;
  readonly #open = new Map<string, OpenConsole>();

  constructor(workshop: Workshop) {
    this.#workshop = workshop;
  }

  register(): vscode.Disposable[] {
    return [
      vscode.window.onDidCloseTerminal((closed) => {
        for (const [key, { terminal }] of this.#open) if (terminal === closed) this.#open.delete(key);
      }),
    ];
  }

  /**
   * Opens the consoles of a lab's nodes, or shows those that are open. Asks which where none is named, and of a device of
   * several virtual machines for which of these.
   */
  async open(target: LabTarget): Promise<void> {
    const { host, nodes } = target;
    const status = await this.#statusOf(target);
    if (status === undefined) return;
    const chosen = nodes.length > 0 ? nodes : await this.#ask(host, status);
    for (const node of chosen) {
      const members = membersOf(status, node);
      const member = members.length === 0 ? undefined : await this.#askMember(node, members);
      if (members.length > 0 && member === undefined) continue;
      (await this.#console(host, status, { node, member })).terminal.show();
    }
  }

  /** Opens the consoles of all nodes that are asked for, or of the whole lab, each that of its main machine: as tabs of the panel, or side by side. */
  async openAll(target: LabTarget): Promise<void> {
    const status = await this.#statusOf(target);
    if (status === undefined) return;
    const names = target.nodes.length > 0 ? target.nodes : status.nodes.map(({ name }) => name);
    const tabs = { label: vscode.l10n.t("As Tabs of the Panel"), grid: false };
    const grid = { label: vscode.l10n.t("Side by Side in a Grid"), grid: true };
    const placeHolder = vscode.l10n.t("Consoles: {0}", names.length);
    const arrangement = names.length === 1 ? tabs : await vscode.window.showQuickPick([tabs, grid], { placeHolder });
    if (arrangement === undefined) return;
    const columns = arrangement.grid ? await arrangeGrid(names.length) : [];
    let first: OpenConsole | undefined;
    for (const [index, node] of names.entries()) {
      const member = membersOf(status, node)[0]?.name;
      const opened = await this.#console(target.host, status, { node, member }, columns[index]);
      if (arrangement.grid) opened.terminal.show(true);
      first ??= opened;
    }
    first?.terminal.show();
  }

  /** Types lines at all consoles of a lab that are open, until Escape. */
  async sendToAll(): Promise<void> {
    const lab = await this.#askLab();
    if (lab === undefined) return;
    const input = vscode.window.createInputBox();
    const consoles = (): readonly OpenConsole[] => [...this.#open.values()].filter((open) => open.lab === lab);
    const names = consoles().map(({ machine }) => machine);
    input.title = vscode.l10n.t("To all open consoles of {0}: {1}", lab, names.join(", "));
    input.placeholder = vscode.l10n.t("A line, then Enter. Escape ends.");
    input.ignoreFocusOut = true;
    await new Promise<void>((resolve) => {
      input.onDidAccept(() => {
        for (const { pty } of consoles()) pty.handleInput(`${input.value}\r`);
        input.value = "";
      });
      input.onDidHide(resolve);
      input.show();
    });
    input.dispose();
  }

  /** Writes what the console in front says to a file, or ends that. */
  async toggleLog(): Promise<void> {
    const front = [...this.#open.values()].find(({ terminal }) => terminal === vscode.window.activeTerminal);
    if (front === undefined) {
      await vscode.window.showInformationMessage(vscode.l10n.t("No console is in front."));
      return;
    }
    const { pty, lab, machine } = front;
    if (await pty.endLog()) return;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const name = `${lab}.${machine}.log`;
    const defaultUri = folder === undefined ? undefined : vscode.Uri.joinPath(folder, name);
    const file = await vscode.window.showSaveDialog({ ...(defaultUri === undefined ? {} : { defaultUri }) });
    if (file !== undefined) await pty.beginLog(file.fsPath);
  }

  async #statusOf({ host, lab }: LabTarget): Promise<LabStatus | undefined> {
    const status = ownLab(await this.#workshop.labs.watch(host), host, lab);
    if (status === undefined) {
      await vscode.window.showInformationMessage(vscode.l10n.t("{0} is not deployed on {1}.", lab, host.uri));
    }
    return status;
  }

  /**
   * @param column of the editors; undefined: in the panel. A console that is open stays where it is, unless a grid is wanted: then
   * it comes from the panel, with what it said before. While it writes to a file it stays.
   */
  async #console(
    host: Host,
    status: LabStatus,
    { node, member }: { readonly node: string; readonly member: string | undefined },
    column?: vscode.ViewColumn,
  ): Promise<OpenConsole> {
    const lab = status.name;
    const machine = member === undefined ? node : `${node}.${member}`;
    const key = JSON.stringify([host.uri, lab, machine]);
    const known = this.#open.get(key);
    if (known !== undefined && (column === undefined || known.inGrid || known.pty.isLogged)) return known;
    known?.terminal.dispose();
    const { openConsole } = await this.#workshop.engine();
    const pty = new ConsoleTerminal((onState, force) =>
      openConsole(host, { lab, node, ...(member === undefined ? {} : { member }), force, onState }),
    );
    const index = status.nodes.findIndex(({ name }) => name === node);
    const terminal = vscode.window.createTerminal({
      name: `${machine} (${lab})`,
      pty,
      iconPath: new vscode.ThemeIcon("vm-connect"),
      color: colourOf(index),
      isTransient: true,
      ...(column === undefined ? {} : { location: { viewColumn: column, preserveFocus: true } }),
    });
    const opened = { lab, machine, pty, terminal, inGrid: column !== undefined };
    this.#open.set(key, opened);
    return opened;
  }

  async #ask(host: Host, status: LabStatus): Promise<readonly string[]> {
    const badges = this.#workshop.labs.badgesOf(host, status);
    const items = status.nodes.map(({ name }) => ({ label: name, description: badges[name]?.label ?? "" }));
    if (items.length === 1) return items.map(({ label }) => label);
    const placeHolder = vscode.l10n.t("The console of which node?");
    const picked = await vscode.window.showQuickPick(items, { placeHolder });
    return picked === undefined ? [] : [picked.label];
  }

  /** The main one comes first: Enter takes it. */
  async #askMember(node: string, members: Members): Promise<string | undefined> {
    const items = members.map(({ name, state }) => ({ label: name, description: stateText(state) }));
    const placeHolder = vscode.l10n.t("{0} is several virtual machines: the console of which one?", node);
    return (await vscode.window.showQuickPick(items, { placeHolder }))?.label;
  }

  /** Of the labs with open consoles: the one of the terminal in front, the only one, or one by choice. */
  async #askLab(): Promise<string | undefined> {
    const open = [...this.#open.values()];
    const front = open.find(({ terminal }) => terminal === vscode.window.activeTerminal);
    if (front !== undefined) return front.lab;
    const labs = [...new Set(open.map(({ lab }) => lab))];
    if (labs.length > 1) return vscode.window.showQuickPick(labs, { placeHolder: vscode.l10n.t("Which lab?") });
    if (labs.length === 0) await vscode.window.showInformationMessage(vscode.l10n.t("No console is open."));
    return labs[0];
  }
}

/** The virtual machines of a device of several, the main one first; none for one that is a single one. */
function membersOf(status: LabStatus, node: string): Members {
  return status.nodes.find(({ name }) => name === node)?.members ?? [];
}
