import type { Entry } from "./tree.js";

/** As many entries are found faster one after the other than through a hash table, which would also be the larger part of a row. */
const fewEntries = 8;

/** The entries of a table by their keys, in the order of first appearance. Tables are many and most are small. */
export class Entries<E extends Entry = Entry> implements ReadonlyMap<string, E> {
  protected list: E[];
  /** Positions in the list; made when there are more than a few. */
  #positions: Map<string, number> | undefined;

  /** @param list entries with different keys */
  constructor(list: E[]) {
    this.list = list;
    if (list.length > fewEntries) this.#index();
  }

  get size(): number {
    return this.list.length;
  }

  get(key: string): E | undefined {
    const position = this.find(key);
    return position === -1 ? undefined : this.list[position];
  }

  has(key: string): boolean {
    return this.find(key) !== -1;
  }

  forEach(callback: (entry: E, key: string, map: ReadonlyMap<string, E>) => void): void {
    for (const entry of this.list) callback(entry, entry.key.text, this);
  }

  keys(): MapIterator<string> {
    return this.list.map(({ key }) => key.text).values();
  }

  values(): MapIterator<E> {
    return this.list.values();
  }

  entries(): MapIterator<[string, E]> {
    return this.list.map((entry): [string, E] => [entry.key.text, entry]).values();
  }

  [Symbol.iterator](): MapIterator<[string, E]> {
    return this.entries();
  }

  protected find(key: string): number {
    if (this.#positions !== undefined) return this.#positions.get(key) ?? -1;
    for (let position = 0; position < this.list.length; position++) {
      if (this.list[position]?.key.text === key) return position;
    }
    return -1;
  }

  /** Notes that an entry has been added at the end of the list. */
  protected added(entry: E): void {
    if (this.#positions !== undefined) this.#positions.set(entry.key.text, this.list.length - 1);
    else if (this.list.length > fewEntries) this.#index();
  }

  #index(): void {
    this.#positions = new Map(this.list.map((entry, position) => [entry.key.text, position]));
  }
}

/** The same while they are being read. */
export class GrowingEntries<E extends Entry = Entry> extends Entries<E> {
  constructor() {
    super([]);
  }

  /** Adds an entry; one of the same key is replaced, in its place. */
  put(entry: E): void {
    const position = this.find(entry.key.text);
    if (position !== -1) this.list[position] = entry;
    else {
      this.list.push(entry);
      this.added(entry);
    }
  }

  /** Gives back the room for more entries that a list has when it has grown. */
  trim(): void {
    this.list = this.list.slice();
  }
}
