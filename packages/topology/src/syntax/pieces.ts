import { Anchor, type InlineTableNode, type Placed, type StatementNode } from "./nodes.js";
import type { Scanner } from "./scanner.js";
import type { Table } from "./tables.js";

/*
 * A keystroke changes one line of a lab. What it does not touch need not be read again: the parser keeps the pieces that a
 * text consists of, and takes those over that stand unchanged in the next text. Such a piece only moves; all that is in it,
 * and whatever is known of that, stays as it is.
 */

/** An inline table above the first header: a row, most often. Nothing around it has a say in how it is read. */
export class RowPiece {
  readonly anchor: Anchor;
  /** Levels of nesting around it. */
  readonly depth: number;
  /** Absent where something is to be said about it, or it holds comments. */
  row: InlineTableNode | undefined;

  constructor(offset: number, depth: number) {
    this.anchor = new Anchor(offset);
    this.depth = depth;
  }
}

const none: readonly never[] = [];

/** A header with what stands below it, up to the next header that is not of a table within its table. */
export class HeaderPiece {
  readonly anchor: Anchor;
  statements: StatementNode[] = [];
  comments: readonly Placed[] = none;
  /** Up to the next piece; 0 until it has been read. */
  length = 0;
  /** The same with all that tells where it ends, which is the next header's line or the end of the text. */
  extent = 0;
  readonly #firstComment: number;
  /** What it means. Absent where something is to be said about it, or something else in the text has a say in it. */
  table: Table | undefined;

  /** @param firstComment how many comments stand before it. */
  constructor(offset: number, firstComment: number) {
    this.anchor = new Anchor(offset);
    this.#firstComment = firstComment;
  }

  /** The scanner is at the next piece, or at the end. */
  end({ position, atEnd, comments, text }: Scanner): void {
    // One that was taken over has its end.
    if (this.length > 0) return;
    this.length = position - this.anchor.offset;
    // Lists that have grown have room for more, which many pieces would keep.
    this.statements = this.statements.slice();
    if (comments.length > this.#firstComment) this.comments = comments.slice(this.#firstComment);
    const lineEnd = text.indexOf("\n", position);
    this.extent = atEnd || lineEnd === -1 ? Infinity : lineEnd + 1 - this.anchor.offset;
  }
}

export type Piece = RowPiece | HeaderPiece;

/** A text and its pieces, in their order. */
export interface PiecedText {
  readonly text: string;
  readonly base: number;
  readonly pieces: readonly Piece[];
}

/** The pieces of a text that stand unchanged in another one. */
export class Unchanged {
  readonly #pieces: readonly Piece[];
  readonly #starts: readonly number[];
  /** Characters with which both texts start. */
  readonly #head: number;
  /** Where that begins with which both texts end, and how far it has moved. */
  readonly #tailStart: number;
  readonly #growth: number;

  constructor(before: PiecedText, text: string) {
    this.#pieces = before.pieces;
    this.#starts = before.pieces.map(({ anchor }) => anchor.offset - before.base);
    this.#head = commonStart(before.text, text);
    this.#tailStart = text.length - commonEnd(before.text, text, this.#head);
    this.#growth = text.length - before.text.length;
  }

  /** The row that starts at an offset of the other text. It belongs to that text from now on. */
  takeRow(offset: number, depth: number): RowPiece | undefined {
    const piece = this.#at(offset);
    if (!(piece instanceof RowPiece) || piece.row === undefined || piece.depth !== depth) return undefined;
    return this.#take(piece, offset, piece.row.end - piece.row.start);
  }

  /** The same for a piece that starts with a header. */
  takeHeader(offset: number): HeaderPiece | undefined {
    const piece = this.#at(offset);
    if (!(piece instanceof HeaderPiece) || piece.table === undefined) return undefined;
    return this.#take(piece, offset, piece.extent);
  }

  #take<P extends Piece>(piece: P, offset: number, extent: number): P | undefined {
    if (offset + extent > this.#head && offset < this.#tailStart) return undefined;
    piece.anchor.offset = offset;
    return piece;
  }

  /** The piece that was at the place of an offset. The places are those of the other text: pieces may have moved already. */
  #at(offset: number): Piece | undefined {
    const place = offset < this.#tailStart ? offset : offset - this.#growth;
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? Infinity) < place) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low] === place ? this.#pieces[low] : undefined;
  }
}

/** Texts are compared by blocks, which takes a fraction of the time that characters would. */
const BLOCK = 4096;

function commonStart(one: string, other: string): number {
  const limit = Math.min(one.length, other.length);
  let length = 0;
  while (length + BLOCK <= limit && other.startsWith(one.slice(length, length + BLOCK), length)) length += BLOCK;
  while (length < limit && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}

/** @param start characters that are not to be counted, as they are at the start of both. */
function commonEnd(one: string, other: string, start: number): number {
  const limit = Math.min(one.length, other.length) - start;
  let length = 0;
  while (length + BLOCK <= limit && other.endsWith(lastBlock(one, length), other.length - length)) length += BLOCK;
  while (length < limit && one.charCodeAt(one.length - 1 - length) === other.charCodeAt(other.length - 1 - length))
    length++;
  return length;
}

function lastBlock(text: string, before: number): string {
  return text.slice(text.length - before - BLOCK, text.length - before);
}
