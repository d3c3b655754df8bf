import { Char } from "./characters.js";
import { atKey, readKey } from "./keys.js";
import { ArrayNode, KeyPartNode, noEquals, PairNode, TableHeaderNode, type StatementNode } from "./nodes.js";
import { ParsedDocument, type Reading } from "./document.js";
import { HeaderPiece, Unchanged, type PiecedText } from "./pieces.js";
import { Scanner } from "./scanner.js";
import { DocumentBuilder } from "./tables.js";
import type { TomlDocument } from "./tree.js";
import { readItems, readPair } from "./values.js";

/**
 * Length of the longest text that is read, in UTF-16 code units. The files of one lab are numbered this far apart, so that an
 * offset tells its file.
 */
export const maxTextLength = 2 ** 24;

export interface ParseOptions {
  /** Offset of the text's first character, where the text is one of several with a common numbering; 0 unless told. */
  readonly base?: number;
  /**
   * A document of an earlier text. What stands unchanged in this text is not read again but taken over, with the same tables:
   * only their places change. The document must not be used any longer.
   */
  readonly previous?: TomlDocument;
}

/**
 * Parses any text as TOML. It never throws: what is wrong is in `errors`, and what can be understood is in the tree.
 * TOML 1.0 as in https://toml.io/en/v1.0.0; what only 1.1 allows is understood and reported as `toml-1.1-feature`.
 */
export function parseToml(text: string, { base = 0, previous }: ParseOptions = {}): TomlDocument {
  const before = previous instanceof ParsedDocument ? previous.giveAway() : undefined;
  return new ParsedDocument(text, base, text.length > maxTextLength ? refuse() : read(text, before));
}

function refuse(): Reading {
  const scanner = new Scanner("", false);
  scanner.error(0, 0, `This file is too large to read: more than ${maxTextLength} characters`);
  return build(scanner, []);
}

function read(text: string, before: PiecedText | undefined): Reading {
  let scanner = new Scanner(text, false, before && new Unchanged(before, text));
  let top = readStatements(scanner);
  if (scanner.sawOddDelimiter) {
    // A string without an end took the start of the next one for its end; read again with that in mind.
    scanner = new Scanner(text, true);
    top = readStatements(scanner);
  }
  return build(scanner, top);
}

function build(scanner: Scanner, top: readonly StatementNode[]): Reading {
  const { errors } = scanner;
  const found = errors.length;
  const pieces = scanner.pieces.filter((piece) => piece instanceof HeaderPiece);
  let builder = new DocumentBuilder(scanner, top);
  if (!builder.addPieces(pieces)) {
    // Tables that were taken over are in the way of something: all of them are made anew.
    errors.length = found;
    for (const piece of pieces) piece.table = undefined;
    builder = new DocumentBuilder(scanner, top);
    builder.addPieces(pieces);
  }
  errors.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  forgetFaulty(pieces, scanner);
  return { scanner, top, root: builder.root };
}

/** What something is to be said about is read again each time. */
function forgetFaulty(pieces: readonly HeaderPiece[], { errors, distrustsClosers }: Scanner): void {
  let next = 0;
  for (const piece of pieces) {
    while ((errors[next]?.range.start ?? Infinity) < piece.anchor.offset) next++;
    const isFaulty = (errors[next]?.range.start ?? Infinity) <= piece.anchor.offset + piece.length;
    if (isFaulty || distrustsClosers) piece.table = undefined;
  }
}

/**
 * Whether a header is at the position that is not of a table within the table of the piece before it: `[nodes.a]` belongs to
 * the piece of `[[nodes]]`. One that is written in another way starts a piece of its own, which then has a say in that table.
 */
function startsPiece({ text, position, code }: Scanner, piece: HeaderPiece | undefined): boolean {
  if (code !== Char.openBracket) return false;
  if (piece === undefined) return true;
  let outer = headerKey(text, piece.anchor.offset);
  let inner = headerKey(text, position);
  while (text.charCodeAt(outer) !== Char.closeBracket) {
    if (text.charCodeAt(outer) === Char.lineFeed || text.charCodeAt(outer++) !== text.charCodeAt(inner++)) return true;
  }
  return text.charCodeAt(inner) !== Char.dot;
}

/** Offset of the key of a header that starts at an offset. */
function headerKey(text: string, start: number): number {
  return start + (text.charCodeAt(start + 1) === Char.openBracket ? 2 : 1);
}

/** The piece at the position: one that stood in an earlier text, or one to be read. */
function takePiece(scanner: Scanner): HeaderPiece {
  const { position, unchanged } = scanner;
  const known = unchanged?.takeHeader(position);
  if (known !== undefined) {
    scanner.pieces.push(known);
    scanner.skipPiece(known);
    return known;
  }
  const piece = new HeaderPiece(position, scanner.comments.length);
  scanner.pieces.push(piece);
  scanner.anchor = piece.anchor;
  return piece;
}

/** Reads all statements: those above the first header are given back, the others are in the scanner's pieces. */
function readStatements(scanner: Scanner): StatementNode[] {
  const top: StatementNode[] = [];
  let piece: HeaderPiece | undefined;
  let trails = false;
  for (;;) {
    scanner.skipTrivia();
    if (scanner.atEnd || startsPiece(scanner, piece)) {
      piece?.end(scanner);
      if (scanner.atEnd) return top;
      piece = takePiece(scanner);
      if (piece.length > 0) continue;
    }
    const statements = piece?.statements ?? top;
    scanner.tooDeep = false;
    const { code } = scanner;
    if (code === Char.openBracket) statements.push(readHeader(scanner));
    else if (code === Char.openBrace) addRows(scanner, statements, trails);
    else if (code === Char.equals || atKey(scanner)) statements.push(readPair(scanner, false));
    else {
      if (/["']/.test(scanner.text.charAt(scanner.position))) scanner.sawOddDelimiter = true;
      const end = scanner.lineEnd(scanner.position);
      scanner.error(scanner.position, end, "A key or a table header must stand here");
      scanner.position = end;
    }
    trails = endStatement(scanner, statements.at(-1));
  }
}

/** Reports what stands between the end of a statement and the end of its line; says whether there is something. */
function endStatement(scanner: Scanner, statement: StatementNode | undefined): boolean {
  // Where an unclosed bracket ended, the position is on a later line already.
  if (statement !== undefined && scanner.lineStart > statement.end) return false;
  scanner.skipBlanks();
  if (scanner.code === Char.hash || scanner.atLineEnd()) return false;
  // A lone carriage return has its own message.
  if (scanner.code === Char.carriageReturn) return false;
  const start = scanner.position;
  const end = scanner.lineEnd(start);
  // A key without an equals sign was reported already.
  const known = statement?.kind === "key-value" && statement.gap === noEquals;
  if (!known) scanner.error(start, end, "The line must end here");
  scanner.position = end;
  return true;
}

function readHeader(scanner: Scanner): TableHeaderNode {
  const { text, position: start } = scanner;
  const array = text.charCodeAt(start + 1) === Char.openBracket;
  const open = start + (array ? 2 : 1);
  scanner.position = open;
  scanner.skipBlanks();
  const key = atKey(scanner) ? readKey(scanner) : emptyKey(scanner, start, open);
  let { end } = key;
  scanner.skipBlanks();
  const closer = array ? "]]" : "]";
  if (text.startsWith(closer, scanner.position)) {
    scanner.position += closer.length;
    end = scanner.position;
  } else if (key.start === key.end && !scanner.atLineEnd() && scanner.code !== Char.hash) {
    // The missing name was reported; what stands in its place says nothing of what is wrong beyond that.
    scanner.skipLine();
  } else {
    const half = text.charCodeAt(scanner.position) === Char.closeBracket;
    if (half) end = ++scanner.position;
    scanner.error(start, end, `This table header needs a closing ${closer}`);
    if (!half) scanner.position = end;
  }
  return new TableHeaderNode(scanner.anchor, start, end, key, array);
}

function emptyKey(scanner: Scanner, start: number, open: number): KeyPartNode {
  scanner.error(start, open, "A table header needs a name");
  return new KeyPartNode(scanner.anchor, open, open, "");
}

/**
 * Lines that start with `{` are items of an array whose opener is missing. They belong to the statement before them when that
 * has no value yet (`nodes =`) or is an array that was closed in the middle of a row, and otherwise to a key without a name.
 * @param trails whether something stands behind the end of the statement before them
 */
function addRows(scanner: Scanner, statements: StatementNode[], trails: boolean): void {
  const start = scanner.position;
  scanner.error(start, start + 1, 'An inline table cannot stand alone: write "key = [" before the first one');
  const rows = readItems(scanner, start, start);
  const last = statements.at(-1);
  if (last?.kind === "key-value") {
    const { value } = last;
    if (value.kind === "missing" && value.start === value.end) {
      last.value = rows;
      return;
    }
    if (trails && value.kind === "array" && (value.items.at(-1)?.kind ?? "inline-table") === "inline-table") {
      last.value = new ArrayNode(
        scanner.anchor,
        value.start,
        rows.end,
        [...value.items, ...rows.items],
        rows.terminated,
      );
      return;
    }
  }
  statements.push(new PairNode(new KeyPartNode(scanner.anchor, start, start, ""), noEquals, rows));
}
