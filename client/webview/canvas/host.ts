import type { Gesture, PortChoice, Selection } from "@labscape/topology";
import type { FromPage, PageCommand, Shown, ToPage } from "../../src/canvas/messages.js";
import type { ViewState } from "./viewport.js";

interface PageState {
  readonly manifest: string;
  readonly view?: ViewState;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: PageState): void;
  getState(): PageState | undefined;
};

type Answer = Extract<ToPage, { readonly request: number }>;

/** The extension, as the page speaks with it. */
export class Host {
  readonly #api = acquireVsCodeApi();
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #refused: (message: string) => void;
  #requests = 0;

  /** @param refused tells why a gesture did nothing */
  constructor(refused: (message: string) => void) {
    this.#refused = refused;
  }

  /** @param receive gets what the extension tells by itself */
  listen(receive: (message: Exclude<ToPage, Answer>) => void): void {
    window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
      if (!("request" in data)) {
        receive(data);
        return;
      }
      this.#waiting.get(data.request)?.(data);
      this.#waiting.delete(data.request);
    });
    this.#api.postMessage({ type: "ready" });
  }

  /** Changes the manifest; resolves with what was made, or undefined when it was refused, which the person has been told. */
  async gesture(gesture: Gesture): Promise<Selection | undefined> {
    const answer = await this.#ask((request) => ({ type: "gesture", request, gesture }));
    if (answer.type === "refused") this.#refused(answer.message);
    return answer.type === "done" ? answer.made : undefined;
  }

  /** The data ports of a node that are free, in the device's order. */
  async freePorts(node: string): Promise<readonly PortChoice[]> {
    const answer = await this.#ask((request) => ({ type: "ports", request, node }));
    return answer.type === "ports" ? answer.ports : [];
  }

  /** Shows where something is written. */
  reveal(what: Shown): void {
    this.#api.postMessage({ type: "reveal", what });
  }

  /** Runs a command of the extension about the lab, about nodes of it, or about a cable. */
  command(command: PageCommand, about: { readonly nodes?: readonly string[]; readonly link?: string } = {}): void {
    this.#api.postMessage({ type: "command", command, ...about });
  }

  failed(error: unknown): void {
    this.#api.postMessage({ type: "failed", message: error instanceof Error ? error.message : String(error) });
  }

  /** What the page takes up again after the window was reloaded. */
  get view(): ViewState | undefined {
    return this.#api.getState()?.view;
  }

  keepView(view: ViewState | undefined): void {
    const manifest = document.body.dataset["manifest"] ?? "";
    this.#api.setState(view === undefined ? { manifest } : { manifest, view });
  }

  #ask(message: (request: number) => FromPage): Promise<Answer> {
    const request = ++this.#requests;
    return new Promise((resolve) => {
      this.#waiting.set(request, resolve);
      this.#api.postMessage(message(request));
    });
  }
}
