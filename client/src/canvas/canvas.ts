import type { Gesture, Selection } from "@labscape/topology";
import * as vscode from "vscode";
import { Asking } from "../asking.js";
import { newNonce } from "../html.js";
import type { Canvas as CanvasPicture } from "../language/canvas-protocol.js";
import type { Language } from "../language/index.js";
import type { Place } from "../language/protocol.js";
import type { BadgesOf } from "../labs/lab-badges.js";
import { isReadOnly } from "../read-only.js";
import { showPlace } from "../show-place.js";
import { canvasHtml } from "./html.js";
import type { FromPage, Shown, ToPage } from "./messages.js";
import { pictureOf, staysShown } from "./picture.js";
import { readFromPage } from "./read-message.js";
import { frameTexts, pageTexts } from "./texts.js";

export interface CanvasSetting {
  readonly extension: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  readonly language: () => Promise<Language>;
  readonly badges: BadgesOf;
}

/** How often a gesture is tried again when the text changes while it is worked out. */
const TRIES = 5;

/** One canvas on a manifest. It holds no state of the lab: the text does. */
export class Canvas {
  readonly document: vscode.TextDocument;
  readonly panel: vscode.WebviewPanel;
  readonly #setting: CanvasSetting;
  #newest: CanvasPicture | undefined;
  #shown: CanvasPicture | undefined;
  #sent = "";
  #sentStates = "";
  /** Number of the catalogue that the page has the models of. */
  #catalogue: number | undefined;
  #loaded = false;
  readonly #asking = new Asking(() => this.#ask());
  /** Gestures are worked out one after the other, each on the text that the one before has left. */
  #gestures: Promise<void> = Promise.resolve();

  constructor(panel: vscode.WebviewPanel, document: vscode.TextDocument, setting: CanvasSetting) {
    this.panel = panel;
    this.document = document;
    this.#setting = setting;
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: ["dist", "media"].map((folder) => vscode.Uri.joinPath(setting.extension, folder)),
    };
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const address = (folder: string, file: string): string =>
      panel.webview.asWebviewUri(vscode.Uri.joinPath(setting.extension, folder, file)).toString();
    panel.webview.html = canvasHtml({
      language: vscode.env.language,
      script: address("dist", "canvas.js"),
      styles: ["page.css", "canvas.css"].map((file) => address("media", file)),
      styleSource: panel.webview.cspSource,
      nonce: newNonce(),
      manifest: document.uri.toString(),
      texts: frameTexts(),
      pageTexts: pageTexts(),
    });
  }

  /** The text has changed. */
  async refresh(): Promise<void> {
    if (this.#loaded) await this.#asking.again();
  }

  /** What runs has changed. */
  showStates(): void {
    if (!this.#loaded) return;
    const cables = (this.#shown?.links ?? []).map(({ id, src }) => [id, `${src.node}::${src.port}`] as const);
    const message: ToPage = { type: "states", ...this.#setting.badges(this.document.uri, cables) };
    const text = JSON.stringify(message);
    if (text === this.#sentStates) return;
    this.#sentStates = text;
    this.#post(message);
  }

  /** The cursor of the text stands here: picks the node whose name is on that line, if there is one. */
  follow(file: string, line: number): void {
    const node = this.#newest?.nodes.find(({ at }) => at.uri === file && at.range.start.line === line);
    if (node !== undefined) this.#post({ type: "select", node: node.name });
  }

  async #ask(): Promise<void> {
    const language = await this.#setting.language();
    const next = await language.canvas(this.document.uri);
    if (next === undefined) return;
    this.#show(next);
    if (next.catalogue === this.#catalogue) return;
    this.#post({ type: "palette", models: await language.palette(this.document.uri) });
    this.#catalogue = next.catalogue;
  }

  #show(next: CanvasPicture): void {
    this.#newest = next;
    const held = this.#shown !== undefined && staysShown(this.#shown, next);
    if (!held) this.#shown = next;
    const message: ToPage = { type: "picture", picture: pictureOf(this.#shown ?? next), held };
    // Most keystrokes change nothing that is drawn.
    const text = JSON.stringify(message);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#post(message);
    this.showStates();
  }

  #post(message: ToPage): void {
    if (!this.#loaded) return;
    this.panel.webview.postMessage(message).then(undefined, (error: unknown) => this.#failed(error));
  }

  #receive(value: unknown): void {
    const message = readFromPage(value);
    if (message === undefined) this.#setting.log.warn("The canvas sent a message that is not known.");
    else this.#act(message).catch((error: unknown) => this.#failed(error));
  }

  async #act(message: FromPage): Promise<void> {
    switch (message.type) {
      case "ready":
        this.#loaded = true;
        this.#sent = "";
        this.#sentStates = "";
        this.#catalogue = undefined;
        await this.refresh();
        this.showStates();
        break;
      case "failed":
        this.#setting.log.error(`Canvas of ${this.document.uri.toString()}: ${message.message}`);
        break;
      case "gesture":
        this.#gestures = this.#gestures.then(() => this.#gesture(message.request, message.gesture));
        await this.#gestures;
        break;
      case "ports": {
        const ports = await (await this.#setting.language()).ports(this.document.uri, message.node);
        this.#post({ type: "ports", request: message.request, ports });
        break;
      }
      case "reveal":
        await this.#reveal(message.what);
        break;
      case "command":
        await this.#run(message);
        break;
    }
  }

  /** Answers in every case: the page waits. */
  async #gesture(request: number, gesture: Gesture): Promise<void> {
    try {
      const made = await this.#apply(gesture);
      this.#post({ type: "done", request, made });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!(error instanceof Refused)) this.#failed(error);
      this.#post({ type: "refused", request, message });
    }
  }

  /**
   * Changes the text as one step of its undo stack.
   *
   * @throws Refused when the gesture cannot be
   */
  async #apply(gesture: Gesture): Promise<Selection> {
    if (await isReadOnly(this.document)) throw new Refused(vscode.l10n.t("This file is read-only."));
    const language = await this.#setting.language();
    for (let tries = 0; tries < TRIES; tries++) {
      const { version } = this.document;
      const answer = await language.gesture(this.document, gesture);
      if (answer !== undefined && "refusal" in answer) {
        if (answer.refusal.code === "outdated") continue;
        throw new Refused(answer.refusal.message);
      }
      if (answer === undefined) break;
      if (this.document.version !== version) continue; // Somebody has typed meanwhile.
      if (await vscode.workspace.applyEdit(answer.edit)) return answer.made;
    }
    throw new Refused(vscode.l10n.t("The text is being changed at the moment: try again."));
  }

  /** Shows where something is written, in an editor that shows the file already or else beside the canvas. */
  async #reveal(what: Shown): Promise<void> {
    const place = [this.#newest, this.#shown].flatMap((canvas) => (canvas && placeOf(canvas, what)) ?? [])[0];
    if (place !== undefined) await showPlace(place, vscode.ViewColumn.Beside);
  }

  async #run({ command, nodes, link }: Extract<FromPage, { type: "command" }>): Promise<void> {
    const { uri } = this.document;
    if (command === "openText") {
      await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
      return;
    }
    const src = this.#shown?.links.find(({ id }) => id === link)?.src;
    const about = src === undefined ? nodes : `${src.node}::${src.port}`;
    await vscode.commands.executeCommand(`labscape.${command}`, uri, ...(about === undefined ? [] : [about]));
  }

  #failed(error: unknown): void {
    this.#setting.log.error(error instanceof Error ? error : String(error));
  }
}

/** Why a gesture did nothing, for the person who made it. */
class Refused extends Error {
  override readonly name = "Refused";
}

function placeOf(canvas: CanvasPicture, what: Shown): Place | undefined {
  switch (what.kind) {
    case "node":
      return canvas.nodes.find(({ name }) => name === what.name)?.at;
    case "bridge":
      return canvas.bridges.find(({ name }) => name === what.name)?.at;
    case "group":
      return canvas.groups.find(({ name }) => name === what.name)?.at;
    case "link":
      return canvas.links.find(({ id }) => id === what.id)?.at;
    case "note":
      return canvas.notes[what.index]?.at;
  }
}
