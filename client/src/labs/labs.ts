import type { Host, LabError, LabEvent, LabStatus, Meter, Watch } from "@labscape/lab";
import * as vscode from "vscode";
import { Coalesced } from "../coalesced.js";
import type { LoadEngine } from "../load-engine.js";
import type { NodeBadge } from "./badge.js";
import type { HostChange } from "../hosts.js";
import { problemOf } from "../problems.js";
import { badgesOf } from "./badges.js";
import { stateText } from "./state-text.js";
import type { WatchedLab } from "./traffic.js";

/** Milliseconds between two tellings of what has changed: more often, nobody can look. */
const INTERVAL = 250;

/** A host, and all labs that are on it. */
export interface HostLabs {
  readonly host: Host;
  /** Empty while the host is lost: what runs there is not known then. */
  readonly labs: readonly LabStatus[];
  /** Why the connection is lost; undefined while it stands. */
  readonly lost: LabError | undefined;
}

interface Watched extends HostLabs {
  labs: readonly LabStatus[];
  lost: LabError | undefined;
  /** The labs that were there last. */
  last: readonly LabStatus[];
  /** By lab and node, what nodes say that are booting. */
  readonly phases: Map<string, Map<string, string>>;
  watch: Watch | undefined;
}

/** A lab on a host. */
export interface PlacedLab {
  readonly host: Host;
  readonly status: LabStatus;
}

/** What runs on the hosts that this window has contacted, kept up to date by libvirt's events. */
export class Labs {
  readonly #engine: LoadEngine;
  readonly #log: vscode.LogOutputChannel;
  readonly #watched = new Map<Host, Promise<Watched>>();
  readonly #known = new Map<Host, Watched>();
  /** Which lab a manifest is, where a command has found out. */
  readonly #names = new Map<string, { readonly host: Host; readonly name: string }>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #tell = new Coalesced(INTERVAL, () => this.#changed.fire());
  readonly onDidChange = this.#changed.event;

  constructor(engine: LoadEngine, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#log = log;
  }

  get hosts(): readonly HostLabs[] {
    return [...this.#known.values()];
  }

  badges(manifest: string): Readonly<Record<string, NodeBadge>> {
    const lab = this.of(manifest);
    return lab === undefined ? {} : this.badgesOf(lab.host, lab.status);
  }

  badgesOf(host: Host, { name, nodes }: LabStatus): Readonly<Record<string, NodeBadge>> {
    return badgesOf({ nodes, phases: this.#known.get(host)?.phases.get(name) ?? new Map() }, stateText);
  }

  /** The user's own lab that a manifest is, by what a command has found out or else by what the host has recorded. */
  of(manifest: string): PlacedLab | undefined {
    const found = this.#names.get(manifest);
    if (found !== undefined) {
      const { host, name } = found;
      const status = ownLab(this.#known.get(host)?.labs ?? [], host, name);
      return status === undefined ? undefined : { host, status };
    }
    for (const { host, labs } of this.#known.values()) {
      const status = labs.find((lab) => isOf(lab, host, manifest));
      if (status !== undefined) return { host, status };
    }
    return undefined;
  }

  /**
   * Reads what is on a host and keeps it up to date.
   * @throws LabError
   */
  async watch(host: Host): Promise<readonly LabStatus[]> {
    let watched = this.#watched.get(host);
    if (watched === undefined) {
      watched = this.#begin(host);
      this.#watched.set(host, watched);
      watched.catch(() => this.#watched.delete(host)); // The next one who asks tries again.
    }
    const found = await watched;
    // The connection may have come back this moment.
    if (found.lost !== undefined) await found.watch?.refresh();
    return found.labs;
  }

  /** Whether what is on a host is known, or was until its connection was lost. */
  isWatched(host: Host): boolean {
    return this.#known.has(host);
  }

  /** Reads once more what is on all hosts. */
  async refresh(): Promise<void> {
    for (const { watch, lost } of this.#known.values()) if (lost === undefined) await watch?.refresh();
  }

  /**
   * Says which lab a manifest is, and what runs of it.
   * @returns without nodes when nothing of the lab is there
   */
  async follow(manifest: string, host: Host, name: string): Promise<LabStatus> {
    this.#names.set(manifest, { host, name });
    const labs = await this.watch(host);
    const found = ownLab(labs, host, name);
    this.#tell.request();
    return found ?? { name, owner: host.owner, uri: host.uri, manifest: "", nodes: [], links: [] };
  }

  /** The user's own labs that these manifests are, for a measurement of what passes their cables. */
  watched(manifests: readonly vscode.Uri[]): readonly WatchedLab[] {
    return manifests.flatMap((manifest) => {
      const lab = this.of(manifest.toString());
      if (lab === undefined) return [];
      return [{ lab: lab.status, host: lab.host, meter: () => this.meter(lab.host) }];
    });
  }

  /** For what passes the cables of a host's labs; undefined where the host is not watched. */
  meter(host: Host): Meter | undefined {
    return this.#known.get(host)?.watch?.meter();
  }

  /** A host was lost, and what runs there is not known any more; or it has come back. */
  async noteReach({ host, reach }: HostChange): Promise<void> {
    const watched = this.#known.get(host);
    if (watched === undefined) return;
    if (reach.state === "lost") {
      watched.labs = [];
      watched.lost = reach.why;
      watched.phases.clear();
      this.#log.warn(`${reach.why.message}. It is tried again until it is back.`);
      this.#tell.request();
      return;
    }
    this.#log.info(`The connection to ${host.uri} is back.`);
    await watched.watch?.refresh();
  }

  /** The host of a manifest's lab, while the connection to it is lost. */
  lostHostOf(manifest: string): Host | undefined {
    const named = this.#names.get(manifest)?.host;
    for (const { host, lost, last } of this.#known.values()) {
      if (lost === undefined) continue;
      if (host === named || last.some((lab) => isOf(lab, host, manifest))) return host;
    }
    return undefined;
  }

  /** What a run tells of a lab on its way up. */
  note(host: Host, lab: string, event: LabEvent): void {
    const watched = this.#known.get(host);
    if (watched === undefined) return;
    const phases = watched.phases.get(lab) ?? new Map<string, string>();
    watched.phases.set(lab, phases);
    if (event.type === "booting") phases.set(event.node, event.phase);
    else if (event.type === "ready" || event.type === "not-ready") phases.delete(event.node);
    else if (event.type === "finished") watched.phases.delete(lab);
    else return;
    this.#tell.request();
  }

  async close(): Promise<void> {
    const watches = [...this.#known.values()].map(({ watch }) => watch);
    this.#known.clear();
    this.#watched.clear();
    for (const watch of watches) await watch?.close();
    this.#tell.dispose();
    this.#changed.dispose();
  }

  async #begin(host: Host): Promise<Watched> {
    const { watchLabs } = await this.#engine();
    const watched: Watched = { host, labs: [], lost: undefined, last: [], phases: new Map(), watch: undefined };
    watched.watch = await watchLabs(
      host,
      (labs) => {
        watched.labs = labs;
        watched.last = labs;
        watched.lost = undefined;
        this.#tell.request();
      },
      (error) => this.#log.error(problemOf(error).message),
    );
    this.#known.set(host, watched);
    this.#tell.request();
    return watched;
  }
}

/** Whether a lab is the user's own, and was deployed from a manifest. */
function isOf(lab: LabStatus, host: Host, manifest: string): boolean {
  return lab.owner === host.owner && manifestUri(lab)?.toString() === manifest;
}

/** The user's own lab of a name among those of a host. */
export function ownLab(labs: readonly LabStatus[], host: Host, name: string): LabStatus | undefined {
  return labs.find((lab) => lab.name === name && lab.owner === host.owner);
}

/** Of the manifest that a lab was deployed from, as the host has recorded it; undefined when that is not known. */
export function manifestUri({ manifest }: LabStatus): vscode.Uri | undefined {
  return manifest === "" ? undefined : vscode.Uri.file(manifest);
}
