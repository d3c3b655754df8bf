/** Messages as they arrive, to wait for. */
export class Inbox<T> {
  readonly all: T[] = [];
  #waiting: { wanted: (message: T) => boolean; resolve: (message: T) => void }[] = [];

  put(message: T): void {
    this.all.push(message);
    const served = this.#waiting.filter(({ wanted }) => wanted(message));
    this.#waiting = this.#waiting.filter((waiter) => !served.includes(waiter));
    for (const { resolve } of served) resolve(message);
  }

  /** Lets `next` look at what comes from now on only. */
  forget(): void {
    this.all.length = 0;
  }

  /** The first message, also of those that arrived before, for which `wanted` holds. */
  next(wanted: (message: T) => boolean = () => true): Promise<T> {
    const found = this.all.find(wanted);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }
}
