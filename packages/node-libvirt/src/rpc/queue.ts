/** First in, first out; unlike an array's `shift`, taking one does not move the others. */
export class Queue<T> {
  #incoming: T[] = [];
  #outgoing: T[] = [];

  get empty(): boolean {
    return this.#incoming.length === 0 && this.#outgoing.length === 0;
  }

  push(item: T): void {
    this.#incoming.push(item);
  }

  shift(): T | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.reverse();
      this.#incoming = [];
    }
    return this.#outgoing.pop();
  }

  clear(): void {
    this.#incoming = [];
    this.#outgoing = [];
  }
}
