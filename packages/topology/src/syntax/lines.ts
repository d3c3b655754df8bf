/** A place in a text as editors count: line and UTF-16 code unit in the line, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and lines of one text. Lines end with LF or CR LF. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    const starts = [0];
    for (let feed = text.indexOf("\n"); feed !== -1; feed = text.indexOf("\n", feed + 1)) starts.push(feed + 1);
    this.#starts = starts;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Offset where a line starts; the end of the text for a line past the last one. */
  lineStart(line: number): number {
    return line < 0 ? 0 : (this.#starts[line] ?? this.#text.length);
  }

  /** Offset where a line ends, before its line break. */
  lineEnd(line: number): number {
    const next = this.lineStart(line + 1);
    let end = next;
    if (end > this.lineStart(line) && this.#text.charAt(end - 1) === "\n") end--;
    if (end < next && end > this.lineStart(line) && this.#text.charAt(end - 1) === "\r") end--;
    return end;
  }

  /** An offset outside the text is taken as the nearest one inside. */
  positionAt(offset: number): Position {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStart(middle) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - this.lineStart(low) };
  }

  /** A character past the end of its line is taken as that end. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const offset = this.lineStart(position.line) + Math.max(0, position.character);
    return Math.min(offset, this.lineEnd(position.line));
  }
}
