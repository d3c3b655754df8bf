import { Duplex } from "node:stream";
import { HISTORY_SIZE } from "./history.js";

/** What a viewer can count on at the moment. */
export type ConsoleState =
  /** Output comes, and what is typed goes to the node. */
  | "attached"
  /** The node is off. The console comes back by itself when it starts. */
  | "stopped"
  /** Another program has the console. It comes back with the node's next start, or by `takeOver`. */
  | "taken-over";

/** What a viewer needs of the hub that it belongs to. */
export interface ViewedConsole {
  /** What was said lately. */
  history(): Buffer;
  /** Passes on what is typed. */
  type(data: Buffer, done: (error?: Error | null) => void): void;
  takeOver(): Promise<void>;
  leave(viewer: ConsoleViewer): void;
}

export interface ViewerOptions {
  /** Called when the state changes; not for the state at the beginning, which `state` tells. */
  readonly onState?: (state: ConsoleState) => void;
}

/**
 * One viewer of a console: reads as history followed by what comes, writes to the node. What is typed while the node is off
 * is lost, as at a real one. Destroying or ending the viewer never ends the console. A viewer that reads too slowly misses
 * the middle, never the end.
 */
export class ConsoleViewer extends Duplex {
  readonly #console: ViewedConsole;
  readonly #onState: ((state: ConsoleState) => void) | undefined;
  #state: ConsoleState = "attached";
  #begun = false;
  #waiting: Buffer[] = [];
  #bytes = 0;
  #wanted = false;

  constructor(console: ViewedConsole, options: ViewerOptions) {
    super({ allowHalfOpen: false });
    this.#console = console;
    this.#onState = options.onState;
  }

  get state(): ConsoleState {
    return this.#state;
  }

  /** Takes the console from the program that has it. @throws LabError, see `ConsoleHub.attach`. */
  takeOver(): Promise<void> {
    return this.#console.takeOver();
  }

  /** For the hub: what the viewer begins with. */
  begin(state: ConsoleState, history: Buffer): void {
    this.#state = state;
    this.#begun = true;
    if (history.length > 0) this.show(history);
  }

  /** For the hub: output of the console. Before the viewer has begun it is part of the history that it will begin with. */
  show(chunk: Buffer): void {
    if (!this.#begun) return;
    this.#waiting.push(chunk);
    this.#bytes += chunk.length;
    if (this.#wanted) this.#flush();
    else if (this.#bytes > 2 * HISTORY_SIZE) this.#skip();
  }

  /** For the hub. */
  changeState(state: ConsoleState): void {
    if (!this.#begun || state === this.#state) return;
    this.#state = state;
    this.#onState?.(state);
  }

  override _read(): void {
    this.#wanted = true;
    this.#flush();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#console.type(chunk, callback);
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.push(null);
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#waiting = [];
    this.#console.leave(this);
    callback(error);
  }

  #flush(): void {
    while (this.#wanted) {
      const chunk = this.#waiting.shift();
      if (chunk === undefined) return;
      this.#bytes -= chunk.length;
      this.#wanted = this.push(chunk);
    }
  }

  /** Forgets what waits for a slow reader, which then goes on with what was said last. */
  #skip(): void {
    this.#waiting = [this.#console.history()];
    this.#bytes = this.#waiting[0]?.length ?? 0;
  }
}
