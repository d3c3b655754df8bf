import type { Host } from "@labscape/lab";
import * as vscode from "vscode";
import type { LoadEngine } from "./load-engine.js";

/** The connections of this window: one a URI, opened when a command or the explorer first needs it. */
export class Hosts {
  readonly #engine: LoadEngine;
  readonly #open = new Map<string, Promise<Host>>();

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
    const known = this.#open.get(uri) ?? (await this.#called(uri));
    if (known !== undefined) return known;
    const { openHost } = await this.#engine();
    const opening = this.#open.get(uri) ?? openHost(uri === "" ? {} : { uri });
    this.#open.set(uri, opening);
    const forget = (): void => {
      if (this.#open.get(uri) === opening) this.#open.delete(uri);
    };
    try {
      const host = await opening;
      void host.connection.closed.then(forget);
      return host;
    } catch (error) {
      forget(); // The next command tries again: libvirt may have been started meanwhile.
      throw error;
    }
  }

  async close(): Promise<void> {
    const hosts = [...this.#open.values()];
    this.#open.clear();
    for (const opening of hosts) {
      const host = await opening.catch(() => undefined); // Never opened: nothing to close.
      await host?.close();
    }
  }

  /** What answered when no URI was given may be the very one that is asked for now. */
  async #called(uri: string): Promise<Host | undefined> {
    const host = await this.#open.get("")?.catch(() => undefined); // Told to the one who opened it.
    return host?.uri === uri ? host : undefined;
  }
}

/** The connection of the setting; empty when it names none. */
export function settingUri(scope?: vscode.Uri): string {
  return vscode.workspace.getConfiguration("labscape", scope).get<string>("uri", "");
}
