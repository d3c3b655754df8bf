import type { InlineTable, KeyPart, KeyValue, Path, TableHeader, TomlDocument, Value } from "../syntax/index.js";

/** One place where a key is spelled: a part of a header, of a statement's key, or of a key in an inline table. */
export interface SpelledKey {
  /** From the root to the value of the key: keys, and positions in lists of tables from 0, as they stand in the file. */
  readonly path: Path;
  readonly part: KeyPart;
  /** The pair that gives the value, where this is the last part of its key. */
  readonly pair?: KeyValue;
  /** The inline table that the pair stands in; absent for a statement. */
  readonly owner?: InlineTable;
  /** The header that the part belongs to. */
  readonly header?: TableHeader;
}

/**
 * Every place where a key is spelled, in the order of the text. A key of a table that is written in several places (headers,
 * dotted keys) is spelled several times; to rename it means to change them all.
 */
export function* spelledKeys({ statements }: TomlDocument): Generator<SpelledKey> {
  // Position of the current row in each list of tables that headers make.
  const rows = new Map<string, number>();
  let section: Path = [];
  for (const statement of statements) {
    if (statement.kind === "key-value") {
      yield* keysOfPair(statement, section, undefined);
      continue;
    }
    section = [];
    for (const part of statement.key.parts) {
      const path: Path = [...section, part.text];
      yield { path, part, header: statement };
      const list = JSON.stringify(path);
      const opensRow = statement.array && part === statement.key.parts.at(-1);
      if (opensRow) rows.set(list, (rows.get(list) ?? -1) + 1);
      const row = rows.get(list);
      section = row === undefined ? path : [...path, row];
    }
  }
}

function* keysOfPair(pair: KeyValue, section: Path, owner: InlineTable | undefined): Generator<SpelledKey> {
  let path = section;
  const last = pair.key.parts.at(-1);
  for (const part of pair.key.parts) {
    path = [...path, part.text];
    if (part !== last) yield { path, part };
    else yield owner === undefined ? { path, part, pair } : { path, part, pair, owner };
  }
  yield* keysOfValue(pair.value, path);
}

function* keysOfValue(value: Value, path: Path): Generator<SpelledKey> {
  if (value.kind === "inline-table") for (const pair of value.pairs) yield* keysOfPair(pair, path, value);
  if (value.kind !== "array") return;
  let row = 0;
  for (const item of value.items) if (item.kind === "inline-table") yield* keysOfValue(item, [...path, row++]);
}
