import type { Host, Lifeline, Reach } from "@labscape/lab";
import * as vscode from "vscode";
import type { LoadEngine } from "./load-engine.js";

/** A host that was lost, or has come back. */
export interface HostChange {
  readonly host: Host;
  readonly reach: Reach;
}

interface OpenedHost {
  readonly host: Host;
  readonly lifeline: Lifeline;
}

/**
 * The connections of this window: one a URI, opened when a command or the explorer first needs it. One that is lost is tried
 * again until it is back; whoever asks for its host meanwhile has it tried at once.
 */
export class Hosts {
  readonly #engine: LoadEngine;
  readonly #open = new Map<string, Promise<OpenedHost>>();
  readonly #changed = new vscode.EventEmitter<HostChange>();
  readonly onDidChangeReach = this.#changed.event;

  constructor(engine: LoadEngine) {
    this.#engine = engine;
  }

  /**
   * The host that a manifest's lab runs on.
   *
   * @param manifestUri what the manifest says; else the setting decides, else the engine
   * @throws LabError when libvirt cannot be reached
   */
  of(manifest: vscode.Uri, manifestUri: string | undefined): Promise<Host> {
    return this.open(manifestUri ?? settingUri(manifest));
  }

  /**
   * @param uri empty: whatever answers here
   * @throws LabError when libvirt cannot be reached
   */
  async open(uri: string): Promise<Host> {
    const { host, lifeline } = await this.#opened(uri);
    await lifeline.restore();
    return host;
  }

  /** The host of a connection that was made once, also while it is lost. */
  async known(uri: string): Promise<Host | undefined> {
    return (await this.#open.get(uri)?.catch(() => undefined))?.host; // Told to the one who opened it.
  }

  async close(): Promise<void> {
    const all = new Set(this.#open.values());
    this.#open.clear();
    this.#changed.dispose();
    for (const opening of all) {
      const opened = await opening.catch(() => undefined); // Never opened: nothing to close.
      opened?.lifeline.close();
      await opened?.host.close();
    }
  }

  async #opened(uri: string): Promise<OpenedHost> {
    const called = this.#open.has(uri) ? undefined : await this.#called(uri);
    const opening = this.#open.get(uri) ?? (called === undefined ? this.#connect(uri) : Promise.resolve(called));
    this.#open.set(uri, opening);
    try {
      return await opening;
    } catch (error) {
      // The next command tries again: libvirt may have been started meanwhile.
      if (this.#open.get(uri) === opening) this.#open.delete(uri);
      throw error;
    }
  }

  async #connect(uri: string): Promise<OpenedHost> {
    const { Lifeline, openHost } = await this.#engine();
    const host = await openHost(uri === "" ? {} : { uri });
    return { host, lifeline: new Lifeline(host, (reach) => this.#changed.fire({ host, reach })) };
  }

  /** What answered when no URI was given may be the very one that is asked for now. */
  async #called(uri: string): Promise<OpenedHost | undefined> {
    const opened = await this.#open.get("")?.catch(() => undefined); // Told to the one who opened it.
    return opened?.host.uri === uri ? opened : undefined;
  }
}

/** The connection of the setting; empty when it names none. */
export function settingUri(scope?: vscode.Uri): string {
  return vscode.workspace.getConfiguration("labscape", scope).get<string>("uri", "");
}
