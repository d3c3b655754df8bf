import type { KeyPart, KeyValue, TomlTable } from "../syntax/tree.js";
import { textsOf, type Text } from "./access.js";
import type { EndpointDeclaration, Manifest, NodeDeclaration } from "./manifest.js";
import { keyText } from "./read.js";

/** What cables end at: links and bridges. */
export type Cables = Pick<Manifest, "links" | "bridges">;

/** Both ends of every link, then the ports of every bridge: the cables that the lab has, in its order. */
export function* allEndpoints(manifest: Cables): Generator<EndpointDeclaration> {
  for (const { src, dst } of manifest.links) {
    if (src !== undefined) yield src;
    if (dst !== undefined) yield dst;
  }
  for (const { endpoints } of manifest.bridges) yield* endpoints;
}

/** All ends of cables wherever they are written, those as well that another file overrides. */
export function* writtenEndpoints(manifest: Cables): Generator<EndpointDeclaration> {
  for (const { rows } of manifest.links)
    for (const { src, dst } of rows) {
      if (src !== undefined) yield src;
      if (dst !== undefined) yield dst;
    }
  for (const { rows } of manifest.bridges) for (const { endpoints } of rows) yield* endpoints;
}

/** The tables that give keys to nodes: rows of nodes, groups, `defaults`. */
export function* nodeTables({ nodes, groups, defaults }: Manifest): Generator<TomlTable> {
  for (const { rows } of nodes) for (const { table } of rows) yield table;
  for (const { rows } of groups.values()) for (const { table } of rows) yield table;
  yield* defaults;
}

/** Every text that names a node: names, `depends_on` wherever it is written, endpoints, saved positions. */
export function* nodeTexts(manifest: Manifest): Generator<Text> {
  for (const { rows } of manifest.nodes) for (const { name } of rows) if (name !== undefined) yield name;
  for (const { entries } of nodeTables(manifest)) yield* textsOf(entries.get("depends_on")?.value);
  for (const { node } of writtenEndpoints(manifest)) if (node !== undefined) yield node;
  yield* keysBelow(manifest, ["diagram", "nodes"]);
}

/**
 * The keys of a table that holds names, wherever a header, a dotted key or an inline table spells them: what has a name may be
 * written in several places.
 * @param path the way from the root to the table.
 */
export function* keysBelow({ files }: Pick<Manifest, "files">, path: readonly string[]): Generator<Text> {
  for (const { source } of files) {
    let section: readonly KeyPart[] = [];
    for (const statement of source.syntax.statements) {
      if (statement.kind === "key-value") yield* keysOfPair(statement, section, path);
      else {
        section = statement.key.parts;
        const name = section[path.length];
        if (name !== undefined && leadsTo(section, path)) yield keyText({ key: name });
      }
    }
  }
}

/** @param before the keys of the tables around the pair. */
function* keysOfPair({ key, value }: KeyValue, before: readonly KeyPart[], path: readonly string[]): Generator<Text> {
  // A header that names something was met already.
  if ((before[0] ?? key.parts[0])?.text !== path[0] || before.length > path.length) return;
  const parts = [...before, ...key.parts];
  const name = parts[path.length];
  if (!leadsTo(parts, path)) return;
  if (name !== undefined) yield keyText({ key: name });
  else if (value.kind === "inline-table") for (const pair of value.pairs) yield* keysOfPair(pair, parts, path);
}

/** Whether keys are those of a path, as far as both go. */
function leadsTo(parts: readonly KeyPart[], path: readonly string[]): boolean {
  return path.every((step, index) => index >= parts.length || parts[index]?.text === step);
}

/** Every text by which a node names a group. */
export function* groupTexts({ nodes }: Manifest): Generator<Text> {
  for (const { rows } of nodes) for (const { groups } of rows) yield* groups;
}

/** Every place that names a node, each once. */
export function nodeReferences(manifest: Manifest, name: string): readonly Text[] {
  const places = new Map<number, Text>();
  for (const text of nodeTexts(manifest)) if (text.value === name) places.set(text.range.start, text);
  return [...places.values()];
}

/** Nodes that take values over from a group. */
export function membersOf(manifest: Manifest, group: string): readonly NodeDeclaration[] {
  return manifest.nodes.filter(({ groups }) => groups.some(({ value }) => value === group));
}
