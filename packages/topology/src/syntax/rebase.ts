import type { PairNode, Span, StatementNode, ValueNode } from "./nodes.js";
import type { TomlError } from "./tree.js";

/** What the parser found in a text that starts at 0. */
export interface ParsedParts {
  readonly statements: readonly StatementNode[];
  readonly comments: readonly Span[];
  readonly errors: readonly TomlError[];
  /** What the tables cover that is none of the statements. */
  readonly spans: readonly Span[];
}

/** Moves all that was found in a text so that the text starts at `base`. */
export function rebase({ statements, comments, errors, spans }: ParsedParts, base: number): void {
  for (const comment of comments) move(comment);
  for (const span of spans) move(span);
  for (const { range, related } of errors) {
    move(range);
    if (related !== undefined) move(related);
  }
  for (const statement of statements) {
    if (statement.kind === "key-value") movePair(statement);
    else {
      move(statement);
      moveKey(statement.key);
    }
  }

  function move(span: Span): void {
    span.start += base;
    span.end += base;
  }

  function moveKey(key: Span & { readonly parts: readonly Span[] }): void {
    // A key without dots is its own only part.
    for (const part of key.parts) if (part !== key) move(part);
    move(key);
  }

  function movePair(pair: PairNode): void {
    moveKey(pair.key);
    moveValue(pair.value);
  }

  function moveValue(value: ValueNode): void {
    move(value);
    if (value.kind === "array") value.items.forEach(moveValue);
    if (value.kind === "inline-table") value.pairs.forEach(movePair);
  }
}
