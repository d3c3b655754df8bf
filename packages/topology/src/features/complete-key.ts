import type { Analysis } from "../analysis.js";
import { placeAt, shapeOf, type KeySpec, type MapType, type TableShape } from "../keys/index.js";
import { tableOf } from "../model/access.js";
import { dataPortNames } from "../model/ports.js";
import { tableDialect } from "../model/dialect.js";
import { fileAt, type NodeDeclaration } from "../model/index.js";
import { quoteKey, valueAt, type CursorInKey, type Path, type TomlDocument, type TomlTable } from "../syntax/index.js";
import { headerSnippets } from "./complete-header.js";
import { keyMarkdown } from "./markdown.js";
import { nodeAt, undefinedGroups } from "./node-at.js";
import type { Completion } from "./shapes.js";
import { valueSnippet } from "./snippets.js";

/** The keys that may be added where the cursor is, the required ones first. */
export function completeKey(analysis: Analysis, cursor: CursorInKey, syntax: TomlDocument): readonly Completion[] {
  const before = cursor.pair?.key.parts.slice(0, cursor.part).map((part) => part.text) ?? [];
  const path = [...cursor.tablePath, ...before];
  const type = placeAt(path)?.type;
  if (type === undefined) return [];
  const table =
    before.length === 0 ? cursor.table : tableOf(valueAt(fileAt(analysis.manifest, cursor.range.start).root, path));
  if (type.kind === "map") return completeName(analysis, cursor, path, type, table);
  const shape = shapeOf(type);
  if (shape === undefined) return [];
  const keys = freeKeys(analysis, cursor, path, shape, table).map((spec, index) =>
    keyCompletion(spec, index, cursor, valueSnippet(spec, nodeAt(analysis, path, cursor.range.start), analysis)),
  );
  // A header starts a line of its own, so it cannot stand in an inline table.
  const startsLine = cursor.statement === undefined || (cursor.pair === cursor.statement && cursor.part === 0);
  return startsLine && cursor.pair?.equals === undefined && !isBeforePair(cursor, syntax)
    ? [...keys, ...headerSnippets(analysis, cursor.range)]
    : keys;
}

/** Whether pairs of the same table follow: a header in front of them would take them away from it. */
export function isBeforePair({ range, pair }: CursorInKey, { statements }: TomlDocument): boolean {
  const next = statements.find((statement) => statement.range.start >= range.start && statement !== pair);
  return next?.kind === "key-value";
}

/** Keys of the table's dialect that act, and that neither stand there yet nor have a counterpart there. */
function freeKeys(
  { manifest }: Analysis,
  cursor: CursorInKey,
  path: Path,
  shape: TableShape,
  table: TomlTable | undefined,
): readonly KeySpec[] {
  const own = cursor.pair?.key.parts[cursor.part]?.text;
  const has = (key: string) => key !== own && table?.entries.has(key) === true;
  const file = fileAt(manifest, cursor.range.start).dialect;
  const dialect = table === undefined ? file : tableDialect(withoutKey(table, own), shape, file);
  const node = nodeAt({ manifest }, path, cursor.range.start);
  return [...shape.keys.values()]
    .filter(
      (spec) =>
        spec.status === undefined &&
        (spec.dialect === undefined || spec.dialect === dialect) &&
        !has(spec.name) &&
        (spec.counterpart === undefined || !has(spec.counterpart)) &&
        (spec.needs === undefined || node?.model === undefined || node.model.firstBoot.supports.includes(spec.needs)),
    )
    .sort((a, b) => Number(b.required !== undefined) - Number(a.required !== undefined));
}

/** What is half-typed says nothing of the dialect. */
function withoutKey(table: TomlTable, key: string | undefined): TomlTable {
  if (key === undefined || !table.entries.has(key)) return table;
  const { kind, form, nameRange, ranges } = table;
  return { kind, form, nameRange, ranges, entries: new Map([...table.entries].filter(([name]) => name !== key)) };
}

function keyCompletion(spec: KeySpec, index: number, cursor: CursorInKey, value: string): Completion {
  const written = cursor.pair?.equals !== undefined || (cursor.pair?.key.parts.length ?? 0) > cursor.part + 1;
  return {
    label: spec.name,
    kind: "key",
    detail: spec.required === undefined ? (spec.default ?? "") : "required",
    documentation: keyMarkdown(spec),
    range: cursor.range,
    newText: written ? spec.name : `${spec.name} = ${value}`,
    snippet: !written,
    sortText: String(index).padStart(3, "0"),
  };
}

/** Names that a table takes as keys. */
function completeName(
  analysis: Analysis,
  cursor: CursorInKey,
  path: Path,
  type: MapType,
  table: TomlTable | undefined,
): readonly Completion[] {
  const names = namesFor(type.names, analysis, nodeAt(analysis, path, cursor.range.start));
  const written = cursor.pair?.equals !== undefined || (cursor.pair?.key.parts.length ?? 0) > cursor.part + 1;
  const own = cursor.pair?.key.parts[cursor.part]?.text;
  // What a position needs is known; a port or a group may be anything.
  const isPosition = type.names === "node" || type.names === "bridge";
  const value = isPosition ? "{ x = ${1:0}, y = ${2:0} }" : "{ $1 }";
  return names
    .filter((name) => name === own || table?.entries.has(name) !== true)
    .map((name, index) => ({
      label: name,
      kind: type.names === "host-name" ? "key" : type.names,
      range: cursor.range,
      newText: written ? quoteKey(name) : `${quoteKey(name)} = ${value}`,
      snippet: !written,
      sortText: String(index).padStart(4, "0"),
    }));
}

/** The data ports of a node, groups that nodes name and nobody defines, the lab's nodes or bridges. */
function namesFor(kind: MapType["names"], analysis: Analysis, node: NodeDeclaration | undefined): readonly string[] {
  const { nodesByName, bridges } = analysis.manifest;
  switch (kind) {
    case "port":
      return node?.model === undefined ? [] : dataPortNames(node.model).slice(0, node.portLimit);
    case "group":
      return undefinedGroups(analysis);
    case "node":
      return [...nodesByName.keys()].filter((name) => name !== "");
    case "bridge":
      return bridges.flatMap(({ name }) => name?.value ?? []);
    case "host-name":
      return [];
  }
}
