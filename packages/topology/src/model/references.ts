import type { TomlTable } from "../syntax/tree.js";
import { textsOf, type Text } from "./access.js";
import type { EndpointDeclaration, Manifest, NodeDeclaration } from "./manifest.js";

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

/** Every text that names a node: names, `depends_on` wherever it is written, endpoints. */
export function* nodeTexts(manifest: Manifest): Generator<Text> {
  for (const { rows } of manifest.nodes) for (const { name } of rows) if (name !== undefined) yield name;
  for (const { entries } of nodeTables(manifest)) yield* textsOf(entries.get("depends_on")?.value);
  for (const { node } of writtenEndpoints(manifest)) if (node !== undefined) yield node;
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
