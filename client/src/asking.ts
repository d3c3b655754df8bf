/** Asks for what may have changed. While an answer is under way the next question waits for it, and many are one. */
export class Asking {
  readonly #ask: () => Promise<void>;
  #isUnderWay = false;
  #isStale = false;

  constructor(ask: () => Promise<void>) {
    this.#ask = ask;
  }

  /** Resolves when the newest question is answered, or at once when another call sees to that. */
  async again(): Promise<void> {
    this.#isStale = true;
    if (this.#isUnderWay) return;
    this.#isUnderWay = true;
    try {
      while (this.#takeStale()) await this.#ask();
    } finally {
      this.#isUnderWay = false;
    }
  }

  #takeStale(): boolean {
    const stale = this.#isStale;
    this.#isStale = false;
    return stale;
  }
}
