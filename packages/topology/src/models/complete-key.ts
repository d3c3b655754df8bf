import { describeDefault, modelKeys, type Key, type ValueShape } from "@labscape/devices";
import { canOpen, tableAround } from "../features/complete-header.js";
import { isBeforePair } from "../features/complete-key.js";
import type { Completion } from "../features/shapes.js";
import { tableOf } from "../model/access.js";
import { valueAt, type CursorInHeader, type CursorInKey, type Path, type TomlDocument } from "../syntax/index.js";
import { inheritedAt, writtenValue } from "./inherited.js";
import { modelKeyMarkdown } from "./markdown.js";
import { keysOf, modelPlaceAt } from "./place.js";
import type { ModelAnalysis } from "./read-model-files.js";
import { requiredPairs, valueSnippet } from "./snippets.js";

/** The keys that may be added where the cursor is: those that the file must give first. */
export function completeModelKey(model: ModelAnalysis, cursor: CursorInKey): readonly Completion[] {
  const { syntax } = model.source;
  const before = cursor.pair?.key.parts.slice(0, cursor.part).map((part) => part.text) ?? [];
  const path = [...cursor.tablePath, ...before];
  const keys = keysOf(modelPlaceAt(path)?.shape) ?? {};
  const table = before.length === 0 ? cursor.table : tableOf(valueAt(syntax.root, path));
  const own = cursor.pair?.key.parts[cursor.part]?.text;
  const isMissing = (name: string, key: Key<unknown>) =>
    key.required && inheritedAt(model, [...path, name]) === undefined;
  const free = Object.entries(keys)
    .filter(([name]) => name === own || table?.entries.has(name) !== true)
    .sort(([a, keyA], [b, keyB]) => Number(isMissing(b, keyB)) - Number(isMissing(a, keyA)));
  const items = free.map(([name, key], index) => keyCompletion(model, cursor, [...path, name], key, index));
  // A header starts a line of its own, so it cannot stand in an inline table.
  const startsLine = cursor.statement === undefined || (cursor.pair === cursor.statement && cursor.part === 0);
  return startsLine && cursor.pair?.equals === undefined && !isBeforePair(cursor, syntax)
    ? [...items, ...headerSnippets(cursor, syntax)]
    : items;
}

function keyCompletion(
  model: ModelAnalysis,
  cursor: CursorInKey,
  path: Path,
  key: Key<unknown>,
  index: number,
): Completion {
  const name = String(path.at(-1));
  const inherited = inheritedAt(model, path);
  const written = cursor.pair?.equals !== undefined || (cursor.pair?.key.parts.length ?? 0) > cursor.part + 1;
  return {
    label: name,
    kind: "key",
    detail: writtenValue(inherited) ?? (key.shape.kind === "table" ? "" : describeDefault(key).replaceAll("`", "")),
    documentation: modelKeyMarkdown(model, path, key),
    range: cursor.range,
    newText: written ? name : `${name} = ${valueSnippet(key, inherited)}`,
    snippet: !written,
    sortText: String(index).padStart(3, "0"),
  };
}

/** Names within `[ ]` and `[[ ]]`. */
export function completeModelHeader(
  { header, part, range }: CursorInHeader,
  syntax: TomlDocument,
): readonly Completion[] {
  const keys = keysOf(modelPlaceAt(header.key.parts.slice(0, part).map(({ text }) => text))?.shape) ?? {};
  const around = tableAround(syntax, header, part);
  const own = header.key.parts[part];
  return Object.entries(keys)
    .filter(([name, { shape }]) => {
      const opens = header.array ? isRows(shape) : isTable(shape);
      return opens && canOpen(around?.entries.get(name), header.array, own);
    })
    .map(([name, key]) => ({ label: name, kind: "key", documentation: key.doc, range, newText: name, snippet: false }));
}

/** Whole tables, for a line where one may start: a row where rows are written under headers, a table that is not there. */
function headerSnippets({ range }: CursorInKey, { root }: TomlDocument): readonly Completion[] {
  return Object.entries<Key<unknown>>(modelKeys).flatMap(([name, key]): readonly Completion[] => {
    const existing = root.entries.get(name)?.value;
    const rows = isRows(key.shape);
    if (!rows && !isTable(key.shape)) return [];
    if (existing !== undefined && !(rows && existing.kind === "table-array")) return [];
    const label = rows ? `[[${name}]]` : `[${name}]`;
    return [
      {
        label,
        kind: "snippet",
        documentation: key.doc,
        range,
        newText: `${label}\n${requiredPairs(key.shape).join("\n") || "$1"}`,
        snippet: true,
        filterText: `${label} ${name}`,
        sortText: `~${label}`,
      },
    ];
  });
}

function isRows(shape: ValueShape): boolean {
  return shape.kind === "list" && shape.item.kind === "table";
}

function isTable(shape: ValueShape): boolean {
  return shape.kind === "table" || shape.kind === "strings-by-name";
}
