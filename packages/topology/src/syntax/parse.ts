import { Char } from "./characters.js";
import { atKey, readKey } from "./keys.js";
import { ArrayNode, KeyPartNode, noEquals, PairNode, TableHeaderNode, type StatementNode } from "./nodes.js";
import { rebase, type ParsedParts } from "./rebase.js";
import { Scanner } from "./scanner.js";
import { DocumentBuilder } from "./tables.js";
import type { TomlDocument, TomlTable } from "./tree.js";
import { readItems, readPair } from "./values.js";

/**
 * Length of the longest text that is read, in UTF-16 code units. The files of one lab are numbered this far apart, so that an
 * offset tells its file.
 */
export const maxTextLength = 2 ** 24;

export interface ParseOptions {
  /** Offset of the text's first character, where the text is one of several with a common numbering; 0 unless told. */
  readonly base?: number;
}

/**
 * Parses any text as TOML. It never throws: what is wrong is in `errors`, and what can be understood is in the tree.
 * TOML 1.0 as in https://toml.io/en/v1.0.0; what only 1.1 allows is understood and reported as `toml-1.1-feature`.
 */
export function parseToml(text: string, { base = 0 }: ParseOptions = {}): TomlDocument {
  const { statements, comments, errors, spans, root } = text.length > maxTextLength ? refuse() : read(text);
  if (base !== 0) rebase({ statements, comments, errors, spans }, base);
  return { text, base, statements, comments, errors, root };
}

interface Reading extends ParsedParts {
  readonly root: TomlTable;
}

function refuse(): Reading {
  const scanner = new Scanner("", false);
  scanner.error(0, 0, `This file is too large to read: more than ${maxTextLength} characters`);
  return build(scanner, []);
}

function read(text: string): Reading {
  let scanner = new Scanner(text, false);
  let statements = readStatements(scanner);
  if (scanner.sawOddDelimiter) {
    // A string without an end took the start of the next one for its end; read again with that in mind.
    scanner = new Scanner(text, true);
    statements = readStatements(scanner);
  }
  return build(scanner, statements);
}

function build(scanner: Scanner, statements: readonly StatementNode[]): Reading {
  const builder = new DocumentBuilder(scanner);
  for (const statement of statements) {
    if (statement.kind === "table-header") builder.addHeader(statement);
    else builder.addPair(statement);
  }
  const { comments, errors } = scanner;
  errors.sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  return { statements, comments, errors, spans: builder.spans, root: builder.root };
}

function readStatements(scanner: Scanner): StatementNode[] {
  const statements: StatementNode[] = [];
  let trails = false;
  for (;;) {
    scanner.skipTrivia();
    if (scanner.atEnd) return statements;
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
  return new TableHeaderNode(start, end, key, array);
}

function emptyKey(scanner: Scanner, start: number, open: number): KeyPartNode {
  scanner.error(start, open, "A table header needs a name");
  return new KeyPartNode(open, open, "");
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
      last.value = new ArrayNode(value.start, rows.end, [...value.items, ...rows.items], rows.terminated);
      return;
    }
  }
  statements.push(new PairNode(new KeyPartNode(start, start, ""), noEquals, rows));
}
