import type { LabStatus } from "@labscape/lab";
import * as vscode from "vscode";
import { settingUri, type Hosts } from "../hosts.js";
import type { NodeBadge } from "../labs/badge.js";
import type { HostLabs, Labs } from "../labs/labs.js";
import { problemOf } from "../problems.js";
import { LABS_VIEW, setEmptiness, type Emptiness } from "./emptiness.js";
import { childrenOf, runningLabs, type Item, type LostHostItem } from "./tree.js";
import { treeItem } from "./tree-item.js";

/**
 * The tree of all labs on the hosts that this window knows: that of the setting, those of `labscape.connections`, and those
 * that a command has contacted. Hosts are contacted when the view is first seen.
 */
export class Explorer implements vscode.TreeDataProvider<Item> {
  readonly #hosts: Hosts;
  readonly #labs: Labs;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  /** Connections that were tried and are not there, by URI. Those that are there are in `#labs`. */
  readonly #lost = new Map<string, LostHostItem>();
  /** What the tree was made of when it was last shown. */
  #look = "";
  #connecting: Promise<void> | undefined;
  /** Of labs whose nodes are being shown: made once for all of them. */
  #badges = new WeakMap<LabStatus, Readonly<Record<string, NodeBadge>>>();
  #view: vscode.TreeView<Item> | undefined;

  constructor(hosts: Hosts, labs: Labs) {
    this.#hosts = hosts;
    this.#labs = labs;
  }

  register(): { dispose(): unknown }[] {
    const view = vscode.window.createTreeView(LABS_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
      canSelectMany: true,
    });
    this.#view = view;
    return [
      view,
      this.#changed,
      this.#labs.onDidChange(() => this.#update()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#update()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration("labscape.uri") || change.affectsConfiguration("labscape.connections")) {
          void this.refresh(); // What fails is shown in the tree.
        }
      }),
    ];
  }

  /** Tries again what was not there, and reads once more what is. */
  async refresh(): Promise<void> {
    this.#connecting = undefined;
    this.#lost.clear();
    await this.#connect();
    await this.#labs.refresh();
    this.#look = "";
    this.#update();
  }

  getTreeItem(item: Item): vscode.TreeItem {
    return treeItem(item, ({ host, lab }) => {
      const badges = this.#badges.get(lab) ?? this.#labs.badgesOf(host, lab);
      this.#badges.set(lab, badges);
      return badges;
    });
  }

  async getChildren(item?: Item): Promise<Item[]> {
    if (item !== undefined) return [...childrenOf(item)];
    if (!vscode.workspace.isTrusted) return this.#nothing("untrusted");
    await this.#connect();
    return this.#roots();
  }

  async #roots(): Promise<Item[]> {
    const { hosts } = this.#labs;
    const lost = [...this.#lost.values()];
    const [first] = lost;
    if (hosts.length === 0 && first !== undefined && lost.length === 1) return this.#nothing(emptinessOf(first.code));
    const isEmpty = ({ labs, lost: why }: HostLabs): boolean => labs.length === 0 && why === undefined;
    if (lost.length === 0 && hosts.every(isEmpty)) return this.#nothing("no-lab");
    await setEmptiness("");
    const known = hosts.map(({ host, labs, lost: why }): Item => {
      return { kind: "host", uri: host.uri, host, labs, isLost: why !== undefined };
    });
    return [...known, ...lost];
  }

  async #nothing(emptiness: Emptiness): Promise<Item[]> {
    await setEmptiness(emptiness);
    return [];
  }

  /** Contacts every connection of the settings, once until the next refresh. */
  #connect(): Promise<void> {
    this.#connecting ??= Promise.all(connections().map((uri) => this.#contact(uri))).then(() => undefined);
    return this.#connecting;
  }

  async #contact(uri: string): Promise<void> {
    try {
      await this.#labs.watch(await this.#hosts.open(uri));
      this.#lost.delete(uri);
    } catch (error) {
      // One that was there once is among those of `#labs`, as lost.
      const known = await this.#hosts.known(uri);
      if (known !== undefined && this.#labs.isWatched(known)) return;
      const { code, message, mend } = problemOf(error);
      this.#lost.set(uri, { kind: "lost", uri: uri === "" ? "libvirt" : uri, code, message, mend });
    }
  }

  /**
   * Shows the tree anew where it would look different. Most readings find what was there before, and while VS Code asks for all
   * items again a command of the menu that is open finds none.
   */
  #update(): void {
    this.#badges = new WeakMap();
    const shown = this.#labs.hosts.map(({ host, labs, lost }) => {
      return [host.uri, lost !== undefined, labs.map((lab) => [lab, this.#labs.badgesOf(host, lab)])];
    });
    const look = JSON.stringify([vscode.workspace.isTrusted, shown, [...this.#lost.values()]]);
    if (look === this.#look) return;
    this.#look = look;
    this.#changed.fire(undefined);
    if (this.#view === undefined) return;
    const running = this.#labs.hosts.reduce((sum, { labs }) => sum + runningLabs(labs), 0);
    const tooltip = running === 1 ? vscode.l10n.t("1 lab is running") : vscode.l10n.t("{0} labs are running", running);
    this.#view.badge = running === 0 ? undefined : { value: running, tooltip };
  }
}

function connections(): readonly string[] {
  const more = vscode.workspace.getConfiguration("labscape").get<unknown>("connections", []);
  const list: readonly unknown[] = Array.isArray(more) ? more : [];
  const named = list.filter((uri) => typeof uri === "string").filter((uri) => uri !== "");
  return [...new Set([settingUri(), ...named])];
}

function emptinessOf(code: string): Emptiness {
  return code === "libvirt-unreachable" || code === "permission-denied" ? code : "failed";
}
