import type { ConsoleState, ConsoleViewer } from "@labscape/lab";
import * as vscode from "vscode";
import { problemOf } from "../problems.js";
import { ConsoleLog } from "./log.js";

/** Attaches to a node's console; `onState` hears when it comes and goes. */
export type Attach = (onState: (state: ConsoleState) => void, takeOver: boolean) => Promise<ConsoleViewer>;

/**
 * A node's serial console as a terminal. It is there from power-on and stays while the node restarts; closing it never stops
 * the node. A serial line has no window size, so that resizing is the terminal's own affair.
 */
export class ConsoleTerminal implements vscode.Pseudoterminal {
  readonly #attach: Attach;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #end = new vscode.EventEmitter<void>();
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#end.event;
  #viewer: ConsoleViewer | undefined;
  /** What was typed while the console was being opened; undefined when it is not being opened. */
  #early: string[] | undefined;
  #closed = false;
  #log: ConsoleLog | undefined;

  constructor(attach: Attach) {
    this.#attach = attach;
  }

  open(): void {
    void this.#connect(false);
  }

  handleInput(data: string): void {
    if (this.#viewer !== undefined) this.#viewer.write(data);
    else if (this.#early !== undefined) this.#early.push(data);
    else if (data === "\r") void this.#connect(false);
    else if (data === "t") void this.#connect(true);
  }

  close(): void {
    this.#closed = true;
    this.#viewer?.destroy();
    this.#write.dispose();
    this.#end.dispose();
    void this.endLog();
  }

  /** Appends what the node says from now on to a file. @throws Error when that cannot be written. */
  async beginLog(file: string): Promise<void> {
    const log = await ConsoleLog.open(file, (error) => {
      this.#log = undefined;
      this.#note(vscode.l10n.t("Writing to {0} has ended: {1}", file, error.message));
    });
    this.#log = log;
    this.#note(vscode.l10n.t("What the console says is written to {0}", file));
  }

  get isLogged(): boolean {
    return this.#log !== undefined;
  }

  /** @returns false when nothing was being written */
  async endLog(): Promise<boolean> {
    const log = this.#log;
    if (log === undefined) return false;
    this.#log = undefined;
    await log.close();
    this.#note(vscode.l10n.t("What the console says is no longer written to {0}", log.file));
    return true;
  }

  async #connect(takeOver: boolean): Promise<void> {
    this.#early = [];
    try {
      const viewer = await this.#attach((state) => this.#tell(state), takeOver);
      if (this.#closed) {
        viewer.destroy();
        return;
      }
      this.#viewer = viewer;
      this.#tell(viewer.state);
      const decoder = new TextDecoder();
      viewer.on("data", (chunk: Buffer) => {
        const text = decoder.decode(chunk, { stream: true });
        this.#write.fire(text);
        this.#log?.write(text);
      });
      viewer.once("error", (error) => this.#lost(error));
      viewer.once("end", () => this.#lost(new Error(vscode.l10n.t("The console has ended"))));
      for (const data of this.#early) viewer.write(data);
    } catch (error) {
      this.#lost(error);
    } finally {
      this.#early = undefined;
    }
  }

  #lost(error: unknown): void {
    this.#viewer = undefined;
    if (this.#closed) return;
    const { code, message, mend } = problemOf(error);
    this.#note([message, mend].filter((part) => part !== "").join(". "));
    this.#note(
      code === "console-busy"
        ? vscode.l10n.t("Press Enter to try again, or t to take the console over.")
        : vscode.l10n.t("Press Enter to try again."),
    );
  }

  #tell(state: ConsoleState): void {
    if (state === "stopped") this.#note(vscode.l10n.t("The node is off. Its console comes when it starts."));
    else if (state === "taken-over") this.#note(vscode.l10n.t("Another program has taken the console over."));
  }

  /** A line of ours, set off from what the node says. */
  #note(text: string): void {
    if (!this.#closed) this.#write.fire(`\r\n\u001b[2;3m${text}\u001b[0m\r\n`);
  }
}
