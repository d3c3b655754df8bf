import { LineIndex, type Entry, type TomlDocument, type TomlTable, type Value } from "@labscape/topology";

/** One key with its value, as a document means it. */
export interface Fact {
  /** Keys from the root, `[]` for a step into an array: `nodes[].name`. */
  readonly path: string;
  readonly key: string;
  readonly value: string;
  /** First key and value of the same table: tells which row of an array it is. */
  readonly anchor: string;
  /** First and last line of the pair, and lines of the pair that anchors the table. */
  readonly lines: readonly [number, number];
  readonly anchorLine: number;
  /** Lines of the headers and of the openers of arrays around it. */
  readonly ancestors: readonly number[];
}

/** All facts that hang on the root of a document. */
export function factsOf(document: TomlDocument): Fact[] {
  const lines = new LineIndex(document.text);
  const facts: Fact[] = [];
  const lineOf = (offset: number): number => lines.positionAt(offset).line;

  function addTable(table: TomlTable, path: string, ancestors: readonly number[]): void {
    const own = table.form === "inline" ? ancestors : [...ancestors, lineOf(table.nameRange.start)];
    const [first] = [...table.entries.entries()].filter(([, entry]) => isScalar(entry));
    const anchor = first === undefined ? "" : `${first[0]}=${textOf(first[1], document)}`;
    const anchorLine = first === undefined ? -1 : lineOf(first[1].key.range.start);
    for (const [key, entry] of table.entries) {
      if (isScalar(entry)) {
        const at = entry.pair?.range ?? entry.key.range;
        const span = [lineOf(at.start), lineOf(at.end)] as const;
        const value = textOf(entry, document);
        facts.push({ path, key, value, anchor, lines: span, anchorLine, ancestors: own });
      } else addNested(entry, `${path}.${key}`, own);
    }
  }

  function addNested({ key, value }: Entry, path: string, ancestors: readonly number[]): void {
    const own = [...ancestors, lineOf(key.range.start)];
    if (value.kind === "table") addTable(value, path, own);
    else if (value.kind === "inline-table") addTable(value.table, path, own);
    else if (value.kind === "table-array") for (const item of value.items) addTable(item, `${path}[]`, ancestors);
    else if (value.kind === "array") {
      for (const item of value.items) if (item.kind === "inline-table") addTable(item.table, `${path}[]`, own);
    }
  }

  addTable(document.root, "", []);
  return facts;
}

/** Every key and value in the statements, wherever they belong. */
export function pairsOf(document: TomlDocument): string[] {
  const pairs: string[] = [];
  const visit = (value: Value): void => {
    if (value.kind === "array") value.items.forEach(visit);
    if (value.kind !== "inline-table") return;
    for (const pair of value.pairs) {
      pairs.push(`${pair.key.parts.at(-1)?.text ?? ""}=${textAt(pair.value, document)}`);
      visit(pair.value);
    }
  };
  for (const statement of document.statements) {
    if (statement.kind !== "key-value") continue;
    pairs.push(`${statement.key.parts.at(-1)?.text ?? ""}=${textAt(statement.value, document)}`);
    visit(statement.value);
  }
  return pairs;
}

function isScalar({ value }: Entry): boolean {
  switch (value.kind) {
    case "missing":
    case "table":
    case "table-array":
    case "inline-table":
      return false;
    case "array":
      return value.items.every((item) => item.kind !== "inline-table");
    default:
      return true;
  }
}

function textOf(entry: Entry, document: TomlDocument): string {
  return entry.pair === undefined ? "" : textAt(entry.pair.value, document);
}

function textAt(value: Value, document: TomlDocument): string {
  return document.text.slice(value.range.start, value.range.end);
}
