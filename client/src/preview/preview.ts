import * as vscode from "vscode";
import { Asking } from "../asking.js";
import type { Diagram } from "../language/protocol.js";
import { newNonce } from "../html.js";
import { showPlace } from "../show-place.js";
import { previewHtml } from "./html.js";
import type { BadgesOf } from "../labs/lab-badges.js";
import { readFromPage, type PictureFormat, type ToPage } from "./messages.js";
import { choosePicture } from "./picture.js";
import { previewTexts } from "./texts.js";

export interface PreviewSetting {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly diagram: (manifest: vscode.Uri) => Promise<Diagram | undefined>;
  readonly badges: BadgesOf;
}

/** One manifest's picture in a panel. It follows the text; it never writes to it. */
export class Preview {
  readonly manifest: vscode.Uri;
  readonly panel: vscode.WebviewPanel;
  readonly #setting: PreviewSetting;
  #shown: Diagram | undefined;
  #newest: Diagram | undefined;
  #loaded = false;
  #sentStates = "";
  readonly #asking = new Asking(() => this.#ask());
  #rendering: { readonly format: PictureFormat; readonly resolve: (data: string) => void } | undefined;

  constructor(panel: vscode.WebviewPanel, manifest: vscode.Uri, setting: PreviewSetting) {
    this.panel = panel;
    this.manifest = manifest;
    this.#setting = setting;
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(setting.extension, "media", `manifest-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: ["dist", "media"].map((folder) => vscode.Uri.joinPath(setting.extension, folder)),
    };
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const address = (folder: string, file: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(setting.extension, folder, file)).toString();
    panel.webview.html = previewHtml({
      language: vscode.env.language,
      address,
      source: panel.webview.cspSource,
      nonce: newNonce(),
      manifest: manifest.toString(),
      text: previewTexts(),
    });
  }

  /** The text has changed. */
  async refresh(): Promise<void> {
    if (this.#loaded) await this.#asking.again();
  }

  /** What runs has changed. */
  showStates(): void {
    if (!this.#loaded) return;
    const cables = (this.#shown?.links ?? []).map(({ end }, index) => [String(index), end] as const);
    const message: ToPage = { type: "states", ...this.#setting.badges(this.manifest, cables) };
    const text = JSON.stringify(message);
    if (text === this.#sentStates) return;
    this.#sentStates = text;
    this.#post(message);
  }

  /** The picture as the page shows it, for a file: text for SVG, base64 for PNG; empty when there is none. */
  render(format: PictureFormat): Promise<string> {
    this.#rendering?.resolve("");
    return new Promise((resolve) => {
      this.#rendering = { format, resolve };
      this.#post({ type: "render", format });
    });
  }

  /** Nobody waits for a page that has gone. */
  dispose(): void {
    this.#rendering?.resolve("");
  }

  /** The cursor of the text stands here: marks the node whose name is on that line, if there is one. */
  follow(line: number): void {
    const node = this.#newest?.nodes.find(({ range }) => range.start.line === line);
    if (node !== undefined) this.#post({ type: "select", node: node.name });
  }

  async #ask(): Promise<void> {
    const next = await this.#setting.diagram(this.manifest);
    if (next !== undefined) this.#show(next);
  }

  #show(next: Diagram): void {
    this.#newest = next;
    const { picture, held } = choosePicture(this.#shown, next);
    this.#shown = picture;
    const note = held ? vscode.l10n.t("The last complete picture. Errors in the text: {0}", next.errors) : "";
    const nodes = picture.nodes.map(({ id, name, model }) => ({ id, name, model }));
    const links = picture.links.map(({ from, to }) => ({ from, to }));
    this.#post({ type: "picture", source: picture.source, directed: picture.directed, nodes, links, note });
    this.showStates();
  }

  #post(message: ToPage): void {
    if (!this.#loaded) return;
    this.panel.webview.postMessage(message).then(undefined, (error: unknown) => this.#setting.log.error(String(error)));
  }

  #receive(value: unknown): void {
    const message = readFromPage(value);
    switch (message?.type) {
      case "ready":
        this.#loaded = true;
        this.#sentStates = "";
        this.refresh()
          .then(() => {
            if (this.#rendering !== undefined) this.#post({ type: "render", format: this.#rendering.format });
          })
          .catch((error: unknown) => this.#setting.log.error(String(error)));
        this.showStates();
        break;
      case "reveal":
        this.#reveal(message.node).catch((error: unknown) => this.#setting.log.error(String(error)));
        break;
      case "do":
        void vscode.commands.executeCommand(`labscape.${message.command}`, this.manifest, message.node);
        break;
      case "rendered":
        if (this.#rendering?.format === message.format) {
          this.#rendering.resolve(message.data);
          this.#rendering = undefined;
        }
        break;
      case "failed":
        this.#setting.log.error(`Preview of ${this.manifest.toString()}: ${message.message}`);
        break;
      case undefined:
        this.#setting.log.warn("The preview sent a message that is not known.");
        break;
    }
  }

  /** Shows where a node is written, in an editor that shows the file already or else beside the picture. */
  async #reveal(name: string): Promise<void> {
    const node = [this.#newest, this.#shown].flatMap((diagram) => diagram?.nodes ?? []).find((n) => n.name === name);
    if (node !== undefined) await showPlace(node, vscode.ViewColumn.One);
  }
}
