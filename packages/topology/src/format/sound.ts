import { LineIndex, type Statement, type TomlDocument } from "../syntax/index.js";

/** Statements without a syntax error on any of their lines. */
export function soundStatements(document: TomlDocument): Statement[] {
  const broken = brokenLines(document);
  const lines = new LineIndex(document.text);
  return document.statements.filter(({ range }) => {
    const last = lines.positionAt(range.end).line;
    for (let line = lines.positionAt(range.start).line; line <= last; line++) if (broken.has(line)) return false;
    return true;
  });
}

/** Numbers of the lines that hold a syntax error. Duplicate keys and new syntax are no obstacle to a layout. */
export function brokenLines(document: TomlDocument): ReadonlySet<number> {
  const lines = new LineIndex(document.text);
  const syntax = document.errors.filter(({ code }) => code === "toml-syntax");
  return new Set(syntax.map(({ range }) => lines.positionAt(range.start).line));
}
