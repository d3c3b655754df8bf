import { phaseText } from "./phase-text.js";

/** Milliseconds between two phase texts: boots say hundreds of lines a second. */
const BETWEEN = 250;
/** Characters at the end of the output that hold its last line. */
const END = 2000;

/** Turns what a console says into texts to show while waiting. */
export class Phases {
  readonly #onPhase: (phase: string) => void;
  #end = "";
  #shown = "";
  #at = -Infinity;

  constructor(onPhase: (phase: string) => void) {
    this.#onPhase = onPhase;
  }

  /** The last line that was said. */
  get last(): string {
    return phaseText(this.#end);
  }

  /** @param end of all that was said. */
  show(end: string): void {
    this.#end = end.slice(-END);
    const now = performance.now();
    if (now - this.#at < BETWEEN) return;
    const phase = this.last;
    if (phase === "" || phase === this.#shown) return;
    this.#at = now;
    this.#shown = phase;
    this.#onPhase(phase);
  }
}
