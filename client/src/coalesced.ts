/** What is asked for often and done at most once in an interval: at once the first time, then after the rest of the interval. */
export class Coalesced {
  readonly #run: () => void;
  readonly #interval: number;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  /** @param interval milliseconds */
  constructor(interval: number, run: () => void) {
    this.#interval = interval;
    this.#run = run;
  }

  request(): void {
    if (this.#timer === undefined) this.#begin();
    else this.#again = true;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#again = false;
  }

  #begin(): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.#begin();
    }, this.#interval);
    this.#run();
  }
}
