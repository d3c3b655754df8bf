import { Char } from "./characters.js";
import { Anchor, Placed } from "./nodes.js";
import type { HeaderPiece, Piece, Unchanged } from "./pieces.js";
import type { Range, TomlError } from "./tree.js";

/** Levels of nesting (brackets, braces, parts of a dotted key) that are read; what is deeper is refused. */
export const maxDepth = 256;

/** A state of the scanner that it can go back to. */
export interface Mark {
  readonly position: number;
  readonly lineStart: number;
  readonly errorCount: number;
  readonly commentCount: number;
  readonly tooDeep: boolean;
}

const forbiddenInComment = new RegExp(String.raw`[\0-\x08\n-\x1f\x7f]`);

/** A place in the text, and what was found on the way to it. */
export class Scanner {
  readonly text: string;
  position = 0;
  /** Start of the line that the last skipped line break began. Line breaks inside strings do not count. */
  lineStart = 0;
  readonly errors: TomlError[] = [];
  readonly comments: Placed[] = [];
  /** Of what stands in no piece. */
  readonly top = new Anchor(0);
  /** Of what is being read. */
  anchor: Anchor = this.top;
  readonly pieces: Piece[] = [];
  /** What need not be read again. */
  readonly unchanged: Unchanged | undefined;
  /**
   * Ends of lines that brackets and braces opened at or behind an offset may not reach across: an inline table that starts
   * there tried and never found its closing brace.
   */
  readonly #barriers = new Map<number, number>();
  /** Code units that may still be read twice; keeps the time linear, whatever the text. */
  #rereadBudget: number;
  /**
   * Second reading of a text in which a multi-line string never ends: a closing delimiter that looks like the opening one of
   * another value is taken for that, and the string before it for the one that lacks its end.
   */
  readonly distrustsClosers: boolean;
  /** Levels of nesting around the position: brackets, braces and parts of dotted keys. */
  depth = 0;
  openArrays = 0;
  openTables = 0;
  /** Set when a statement exceeded the depth: its brackets are then not blamed for lacking their end. */
  tooDeep = false;
  /** Set with each inline table that has no end: whether lines that were read into it may not belong to it. */
  swallowed = false;
  /** Set when the delimiters of multi-line strings do not match: one is not terminated, or a statement starts with one. */
  sawOddDelimiter = false;

  /** Words that were read, by a number made of their characters; a later one may take the place of another. */
  readonly #words: string[] = [];

  constructor(text: string, distrustsClosers: boolean, unchanged?: Unchanged) {
    this.text = text;
    this.unchanged = unchanged;
    this.#rereadBudget = 4 * text.length;
    this.distrustsClosers = distrustsClosers;
    if (text.charCodeAt(0) === Char.byteOrderMark) this.position = this.lineStart = 1;
  }

  /** Code unit at the position; `NaN` at the end of the text. */
  get code(): number {
    return this.text.charCodeAt(this.position);
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  atLineEnd(): boolean {
    const code = this.code;
    return (
      code === Char.lineFeed ||
      this.atEnd ||
      (code === Char.carriageReturn && this.text.charCodeAt(this.position + 1) === Char.lineFeed)
    );
  }

  /** Offset of the line break (or the end of the text) that ends the line of `offset`. */
  lineEnd(offset: number): number {
    const feed = this.text.indexOf("\n", offset);
    if (feed === -1) return this.text.length;
    return feed > offset && this.text.charCodeAt(feed - 1) === Char.carriageReturn ? feed - 1 : feed;
  }

  skipBlanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code !== Char.space && code !== Char.tab) return;
      this.position++;
    }
  }

  /** Skips blanks, comments and line breaks. */
  skipTrivia(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.position);
      if (code === Char.space || code === Char.tab) this.position++;
      else if (code === Char.lineFeed) this.lineStart = ++this.position;
      else if (code === Char.hash) this.readComment();
      else if (code === Char.carriageReturn) {
        if (this.text.charCodeAt(this.position + 1) !== Char.lineFeed) {
          this.error(this.position, this.position + 1, "A carriage return needs a line feed after it");
        }
        this.position++;
      } else return;
    }
  }

  readComment(): void {
    const start = this.position;
    const end = this.lineEnd(start);
    this.comments.push(new Placed(this.anchor, start, end));
    this.position = end;
    const control = this.text.slice(start, end).search(forbiddenInComment);
    if (control !== -1) {
      this.error(start + control, start + control + 1, "Control characters are not allowed in comments");
    }
  }

  /** Moves to the end of the line. */
  skipLine(): void {
    this.position = this.lineEnd(this.position);
  }

  /** Whether what was opened at `start` must end on its line, and the position is at that line's end or comment. */
  isBarred(start: number): boolean {
    if (this.#barriers.size === 0 || !(this.atLineEnd() || this.code === Char.hash)) return false;
    return (this.#barriers.get(this.lineEnd(this.position)) ?? Infinity) <= start;
  }

  /** Whether text may still be read twice. */
  get mayReread(): boolean {
    return this.#rereadBudget > 0;
  }

  /** Whether an inline table that starts at an offset must end on its line. */
  mustEndOnLine(start: number): boolean {
    if (!this.mayReread) return true;
    return this.#barriers.size > 0 && (this.#barriers.get(this.lineEnd(start)) ?? Infinity) <= start;
  }

  /** Goes back to a mark; what is opened on its line, there or behind it, must then end on that line. */
  rereadOnOneLine(mark: Mark): void {
    this.#rereadBudget -= this.position - mark.position;
    this.#barriers.set(this.lineEnd(mark.position), mark.position);
    this.#rewind(mark);
  }

  mark(): Mark {
    return {
      position: this.position,
      lineStart: this.lineStart,
      errorCount: this.errors.length,
      commentCount: this.comments.length,
      tooDeep: this.tooDeep,
    };
  }

  /** Forgets what was found since a mark. */
  #rewind(mark: Mark): void {
    this.position = mark.position;
    this.lineStart = mark.lineStart;
    this.errors.length = mark.errorCount;
    this.comments.length = mark.commentCount;
    this.tooDeep = mark.tooDeep;
  }

  /** The text of a word. A manifest has the same few keys again and again: most need no string of their own. */
  word(start: number, end: number): string {
    const { text } = this;
    const slot = (end - start + 8 * text.charCodeAt(start) + 32 * text.charCodeAt(end - 1)) & 255;
    const known = this.#words[slot];
    if (known?.length === end - start && text.startsWith(known, start)) return known;
    return (this.#words[slot] = text.slice(start, end));
  }

  /** Leaves out a piece that has been read before. */
  skipPiece({ comments, anchor, length }: HeaderPiece): void {
    for (const comment of comments) this.comments.push(comment);
    this.position = anchor.offset + length;
    this.lineStart = this.text.lastIndexOf("\n", this.position - 1) + 1;
  }

  /** Records a syntax error; the range is cut at the end of its line. */
  error(start: number, end: number, message: string): void {
    this.report("toml-syntax", start, end, message);
  }

  report(code: TomlError["code"], start: number, end: number, message: string, related?: Range): void {
    const range = { start, end: Math.max(start, Math.min(end, this.lineEnd(start))) };
    this.errors.push(related === undefined ? { code, message, range } : { code, message, range, related });
  }
}
