import type { Placed, StatementNode } from "./nodes.js";
import { HeaderPiece, type Piece, type PiecedText } from "./pieces.js";
import type { Scanner } from "./scanner.js";
import type { Range, TomlDocument, TomlError, TomlTable } from "./tree.js";

/** What was read of a text that starts at 0. */
export interface Reading {
  readonly scanner: Scanner;
  /** The statements above the first header. */
  readonly top: readonly StatementNode[];
  readonly root: TomlTable;
}

/** What the parser gives. */
export class ParsedDocument implements TomlDocument {
  readonly text: string;
  readonly base: number;
  readonly errors: readonly TomlError[];
  readonly root: TomlTable;
  readonly #top: readonly StatementNode[];
  readonly #placedComments: readonly Placed[];
  #pieces: readonly Piece[];
  #statements: readonly StatementNode[] | undefined;
  #comments: readonly Range[] | undefined;

  constructor(text: string, base: number, { scanner, top, root }: Reading) {
    this.text = text;
    this.base = base;
    this.root = root;
    this.#top = top;
    this.#pieces = scanner.pieces;
    this.#placedComments = scanner.comments;
    const move = ({ start, end }: Range): Range => ({ start: start + base, end: end + base });
    this.errors = scanner.errors.map(({ code, message, range, related }) =>
      related === undefined
        ? { code, message, range: move(range) }
        : { code, message, range: move(range), related: move(related) },
    );
    scanner.top.offset += base;
    for (const piece of scanner.pieces) piece.anchor.offset += base;
  }

  get statements(): readonly StatementNode[] {
    return (this.#statements ??= [
      ...this.#top,
      ...this.#pieces.flatMap((piece) => (piece instanceof HeaderPiece ? piece.statements : [])),
    ]);
  }

  get comments(): readonly Range[] {
    return (this.#comments ??= this.#placedComments.map(({ range }) => range));
  }

  /** What another text may take over. */
  giveAway(): PiecedText {
    const { text, base } = this;
    const pieces = this.#pieces;
    this.#pieces = [];
    return { text, base, pieces };
  }
}
