import type { Host } from "@labscape/lab";
import * as vscode from "vscode";
import type { LoadEngine } from "./load-engine.js";

/** The connections of this window: one a URI, opened when a command first needs it. */
export class Hosts {
  readonly #engine: LoadEngine;
  readonly #open = new Map<string, Promise<Host>>();

  constructor(engine: LoadEngine) {
    this.#engine = engine;
  }

  /**
   * The host that a lab runs on.
   *
   * @param manifestUri what the manifest says; else the setting decides, else the engine
   * @throws LabError when libvirt cannot be reached
   */
  async of(manifest: vscode.Uri, manifestUri: string | undefined): Promise<Host> {
    const setting = vscode.workspace.getConfiguration("labscape", manifest).get<string>("uri", "");
    const uri = manifestUri ?? setting;
    const known = this.#open.get(uri);
    if (known !== undefined) return known;
    const { openHost } = await this.#engine();
    const opening = openHost(uri === "" ? {} : { uri });
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
}
