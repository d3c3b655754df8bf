import type { Box } from "./geometry.js";

/** Side of the squares that boxes are found by: a text lies in one or two of them. */
const SQUARE = 64;

interface Entry {
  readonly box: Box;
  readonly weight: number;
  /** The question that it has answered last: a box may lie in several squares. */
  asked: number;
}

/** Boxes that are taken on the canvas, found by where they lie. */
export class Occupied {
  readonly #squares = new Map<number, Entry[]>();
  readonly #owners = new Map<string, Entry[]>();
  #questions = 0;

  clear(): void {
    this.#squares.clear();
    this.#owners.clear();
  }

  /** @param weight how much worse it is to lie on this box than on another */
  add(owner: string, box: Box, weight = 1): void {
    const entry = { box, weight, asked: 0 };
    const own = this.#owners.get(owner);
    if (own === undefined) this.#owners.set(owner, [entry]);
    else own.push(entry);
    this.#each(box, (entries, square) => {
      if (entries === undefined) this.#squares.set(square, [entry]);
      else entries.push(entry);
    });
  }

  remove(owner: string): void {
    for (const entry of this.#owners.get(owner) ?? [])
      this.#each(entry.box, (entries, square) => {
        if (entries !== undefined)
          this.#squares.set(
            square,
            entries.filter((other) => other !== entry),
          );
      });
    this.#owners.delete(owner);
  }

  /** How much of what is taken a box would cover: 0 where there is room for it. */
  overlap(box: Box): number {
    const question = ++this.#questions;
    let sum = 0;
    this.#each(box, (entries = []) => {
      for (const entry of entries) {
        if (entry.asked === question) continue;
        entry.asked = question;
        sum += entry.weight * areaOfBoth(entry.box, box);
      }
    });
    return sum;
  }

  /** Calls for each square that a box lies in. Two far ones may share a number, which only costs a comparison. */
  #each({ left, top, right, bottom }: Box, visit: (entries: Entry[] | undefined, square: number) => void): void {
    for (let x = Math.floor(left / SQUARE); x <= Math.floor(right / SQUARE); x++)
      for (let y = Math.floor(top / SQUARE); y <= Math.floor(bottom / SQUARE); y++) {
        const square = x * 65_537 + y;
        visit(this.#squares.get(square), square);
      }
  }
}

/** The area that two boxes share. */
export function areaOfBoth(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return width > 0 && height > 0 ? width * height : 0;
}
