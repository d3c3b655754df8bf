import type { Host, LabEvent, LabStatus, LinkStatus } from "@labscape/lab";
import * as vscode from "vscode";
import type { LoadEngine } from "../load-engine.js";
import type { NodeBadge } from "../preview/messages.js";
import { problemOf } from "../problems.js";
import { badgesOf } from "./badges.js";

interface Followed {
  readonly name: string;
  readonly host: Host;
  status: LabStatus | undefined;
  /** What nodes that are booting say, by name. */
  readonly phases: Map<string, string>;
  watch: { close(): Promise<void> } | undefined;
}

/** The labs that this window follows: those that a command has deployed or asked for, never others. By manifest URI. */
export class Labs {
  readonly #engine: LoadEngine;
  readonly #log: vscode.LogOutputChannel;
  readonly #followed = new Map<string, Followed>();
  readonly #changed = new vscode.EventEmitter<string>();
  /** The URI of a manifest whose lab has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(engine: LoadEngine, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#log = log;
  }

  badges(manifest: string): Readonly<Record<string, NodeBadge>> {
    const lab = this.#followed.get(manifest);
    return lab?.status === undefined ? {} : badgesOf({ nodes: lab.status.nodes, phases: lab.phases }, stateText);
  }

  /** State of each cable of a lab that is followed. */
  links(manifest: string): readonly LinkStatus[] {
    return this.#followed.get(manifest)?.status?.links ?? [];
  }

  /**
   * Reads what runs of a lab and keeps it up to date from libvirt's events.
   *
   * @returns without nodes when nothing of the lab is there
   */
  async follow(manifest: string, host: Host, name: string): Promise<LabStatus> {
    const known = this.#followed.get(manifest);
    if (known?.status !== undefined && known.name === name && known.host === host) return known.status;
    await this.forget(manifest);
    const { watchLab } = await this.#engine();
    const lab: Followed = { name, host, status: undefined, phases: new Map(), watch: undefined };
    this.#followed.set(manifest, lab);
    try {
      lab.watch = await watchLab(
        host,
        name,
        (status) => this.#update(manifest, lab, status),
        (error) => this.#log.error(problemOf(error).message),
      );
    } catch (error) {
      this.#followed.delete(manifest);
      throw error;
    }
    void host.connection.closed.then(() => this.#lost(manifest, lab));
    return lab.status ?? { name, owner: host.owner, uri: host.uri, manifest: "", nodes: [], links: [] };
  }

  /** What a run tells of a lab on its way up. */
  note(manifest: string, event: LabEvent): void {
    const lab = this.#followed.get(manifest);
    if (lab === undefined) return;
    if (event.type === "booting") lab.phases.set(event.node, event.phase);
    else if (event.type === "ready" || event.type === "not-ready") lab.phases.delete(event.node);
    else return;
    this.#changed.fire(manifest);
  }

  async forget(manifest: string): Promise<void> {
    const lab = this.#followed.get(manifest);
    if (lab === undefined) return;
    this.#followed.delete(manifest);
    this.#changed.fire(manifest);
    await lab.watch?.close();
  }

  async close(): Promise<void> {
    for (const manifest of [...this.#followed.keys()]) await this.forget(manifest);
    this.#changed.dispose();
  }

  #update(manifest: string, lab: Followed, status: LabStatus): void {
    if (this.#followed.get(manifest) !== lab) return;
    lab.status = status;
    this.#changed.fire(manifest);
  }

  #lost(manifest: string, lab: Followed): void {
    if (this.#followed.get(manifest) !== lab) return;
    this.#followed.delete(manifest);
    this.#log.warn(`${lab.name}: the connection to ${lab.host.uri} has ended; its state is not known any more.`);
    this.#changed.fire(manifest);
  }
}

function stateText(state: NodeBadge["state"] | "ready"): string {
  switch (state) {
    case "ready":
      return vscode.l10n.t("ready");
    case "running":
      return vscode.l10n.t("running");
    case "booting":
      return vscode.l10n.t("booting");
    case "stopped":
      return vscode.l10n.t("stopped");
    case "paused":
      return vscode.l10n.t("paused");
    case "missing":
      return vscode.l10n.t("not deployed");
    case "failed":
      return vscode.l10n.t("failed");
  }
}
