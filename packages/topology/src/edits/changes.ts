import type { Range, TomlDocument } from "../syntax/index.js";

export interface Change {
  readonly range: Range;
  readonly newText: string;
}

/** What is written from one offset to another. */
interface Written {
  readonly range: Range;
}

interface InlinePairs extends Written {
  readonly pairs: readonly Written[];
}

/**
 * Changes of one text that leave comments and layout alone. Changes of different keys never overlap. Offsets are those of the
 * document, so that they count from its base.
 */
export class Changes {
  readonly #text: string;
  readonly #base: number;
  readonly #end: number;
  readonly #lineBreak: string;
  readonly #changes: Change[] = [];
  /** Pairs of inline tables that go away, by the start of their table: what to do with the commas depends on all of them. */
  readonly #removed = new Map<number, { readonly table: InlinePairs; readonly pairs: Set<number> }>();

  constructor({ text, base }: TomlDocument) {
    this.#text = text;
    this.#base = base;
    this.#end = base + text.length;
    this.#lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  }

  /** What ends a line in this text. */
  get lineBreak(): string {
    return this.#lineBreak;
  }

  replace(range: Range, newText: string): void {
    if (this.#slice(range.start, range.end) !== newText) this.#changes.push({ range, newText });
  }

  /** Takes characters away as they stand, with nothing around them. */
  cut(range: Range): void {
    this.#changes.push({ range, newText: "" });
  }

  insert(offset: number, newText: string): void {
    this.#changes.push({ range: { start: offset, end: offset }, newText });
  }

  /** Takes a pair away: with its comma in an inline table, with its line in a section unless a comment stands there too. */
  remove(pair: Written, owner: InlinePairs | undefined): void {
    if (owner === undefined) {
      this.#changes.push({ range: this.#lineOf(pair), newText: "" });
      return;
    }
    const { start } = owner.range;
    const removed = this.#removed.get(start) ?? { table: owner, pairs: new Set<number>() };
    removed.pairs.add(pair.range.start);
    this.#removed.set(start, removed);
  }

  /** The blanks between the start of its line and an offset; none where something else stands there. */
  indentationAt(offset: number): string {
    return /^[ \t]*$/.exec(this.#slice(this.#lineStart(offset), offset))?.[0] ?? "";
  }

  /** Puts a statement on a line of its own below the line of an offset. */
  insertLineBelow(offset: number, statement: string): void {
    const feed = this.#feedFrom(offset);
    if (feed === undefined) this.insert(this.#end, this.#lineBreak + statement);
    else this.insert(feed + 1, statement + this.#lineBreak);
  }

  /**
   * What stands between two pairs where there was one, which starts at an offset: a line break where each has a line of its
   * own, as outside of inline tables they must.
   */
  separatorAt(start: number, form: "inline" | "statement"): string {
    const indentation = this.#slice(this.#lineStart(start), start);
    if (form === "statement") return this.#lineBreak + indentation;
    return /^[ \t]*$/.test(indentation) ? `,${this.#lineBreak}${indentation}` : ", ";
  }

  /** All changes in their order. */
  all(): readonly Change[] {
    for (const { table, pairs } of this.#removed.values()) this.#removePairs(table, pairs);
    this.#removed.clear();
    const sorted = this.#changes.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
    const joined: Change[] = [];
    for (const change of sorted) {
      const before = joined.at(-1);
      // What touches is one change: editors need not keep the order of two at one place.
      if (before?.range.end === change.range.start)
        joined[joined.length - 1] = {
          range: { start: before.range.start, end: change.range.end },
          newText: before.newText + change.newText,
        };
      else joined.push(change);
    }
    return joined;
  }

  #removePairs({ pairs, range }: InlinePairs, removed: ReadonlySet<number>): void {
    let kept: Written | undefined;
    for (let index = 0; index < pairs.length; index++) {
      const pair = pairs[index];
      if (pair === undefined || !removed.has(pair.range.start)) {
        kept = pair;
        continue;
      }
      let last = pair;
      for (let next = pairs[index + 1]; next !== undefined && removed.has(next.range.start); next = pairs[index + 1]) {
        last = next;
        index++;
      }
      const next = pairs[index + 1];
      const around =
        next !== undefined
          ? { start: pair.range.start, end: next.range.start }
          : kept !== undefined
            ? { start: kept.range.end, end: last.range.end }
            : { start: pair.range.start, end: last.range.end };
      if (!this.#holdsComment(around, pairs)) this.#changes.push({ range: around, newText: "" });
      else
        this.#removeOneByOne(
          pairs.filter((each) => each.range.start >= pair.range.start && each.range.start <= last.range.start),
          range.end - 1,
        );
    }
  }

  /** Each pair and the comma behind it go; the comments between them stay. */
  #removeOneByOne(pairs: readonly Written[], limit: number): void {
    for (const { range } of pairs) {
      const behind = /^[ \t]*,[ \t]*/.exec(this.#slice(range.end, limit))?.[0].length ?? 0;
      this.#changes.push({ range: { start: range.start, end: range.end + behind }, newText: "" });
    }
  }

  /** Whether a comment stands between the pairs in a range. */
  #holdsComment({ start, end }: Range, pairs: readonly Written[]): boolean {
    let at = start;
    for (const { range } of pairs) {
      if (range.end <= start || range.start >= end) continue;
      if (this.#slice(at, Math.max(at, range.start)).includes("#")) return true;
      at = range.end;
    }
    return this.#slice(at, end).includes("#");
  }

  /** What goes away with a statement: its whole line, or, where a comment stands behind it, all but that. */
  #lineOf({ range }: Written): Range {
    const feed = this.#feedFrom(range.end);
    const rest = this.#slice(range.end, feed ?? this.#end);
    if (rest.trim() !== "") return { start: range.start, end: range.end + rest.length - rest.trimStart().length };
    const start = this.#lineStart(range.start);
    if (feed !== undefined) return { start, end: feed + 1 };
    const before = this.#lineBreak.length === 2 && start >= this.#base + 2 ? 2 : 1;
    return { start: Math.max(this.#base, start - before), end: this.#end };
  }

  #lineStart(offset: number): number {
    // A search from before the start would find a line feed that is the first character.
    return offset <= this.#base ? this.#base : this.#base + this.#text.lastIndexOf("\n", offset - this.#base - 1) + 1;
  }

  /** The next line feed from an offset on. */
  #feedFrom(offset: number): number | undefined {
    const feed = this.#text.indexOf("\n", offset - this.#base);
    return feed < 0 ? undefined : this.#base + feed;
  }

  #slice(start: number, end: number): string {
    return this.#text.slice(start - this.#base, end - this.#base);
  }
}
