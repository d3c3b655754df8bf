import type { Catalogue } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { arrayOf, rowsOf, tableOf, textOf, textsOf, type Text } from "./access.js";
import { dialectOf } from "./dialect.js";
import { readEndpoint, readNumberedEndpoint } from "./endpoint.js";
import { readInterfaces } from "./interfaces.js";
import type { LabFiles } from "./includes.js";
import { joinRows, type Joined } from "./join-rows.js";
import { KnownDeclarations } from "./known.js";
import { effectiveEntry, strongestEntry, type Row } from "./layers.js";
import { sourceAt, type Source } from "./sources.js";
import { integerOf } from "./values.js";
import { nodeShape } from "../keys/index.js";
import type {
  BridgeDeclaration,
  BridgeRow,
  EndpointDeclaration,
  GroupDeclaration,
  GroupRow,
  Layer,
  LinkDeclaration,
  LinkRow,
  Manifest,
  ManifestFile,
  ManifestFiles,
  NodeDeclaration,
  NodeRow,
} from "./manifest.js";

/**
 * Reads declarations and references of both dialects from a lab's files. Never fails; leaves out what is not there.
 * @param previous of an earlier version: what is declared by tables that have been taken over since is not read again.
 */
export function readManifest(
  { sources, includes, strongestFirst: [manifest, ...included] }: LabFiles,
  catalogue: Catalogue,
  previous?: Manifest,
): Manifest {
  const files: ManifestFiles = [readFile(manifest), ...included.map(readFile)];
  const weakestFirst = [...files].reverse();
  const [{ root, dialect }] = files;
  const defaults = files.flatMap((file) => tableOf(file.root.entries.get("defaults")?.value) ?? []);
  const groups = readGroups(files);
  const scope: NodeScope = {
    catalogue,
    ...sharedLayers(groups, defaults),
    dialectAt: (offset) => fileAt({ sources, files }, offset).dialect,
  };
  const base = { sources, files, includes, catalogue, dialect, root, defaults, groups };
  const known = new KnownDeclarations(base, previous);
  const nodeRows = weakestFirst.map((file) =>
    tablesAt(file, "nodes", "devices").map((table, index) => known.nodeAt(index, table)?.rows[0] ?? readNodeRow(table)),
  );
  const nodes = joinRows(nodeRows, ({ name }) => name?.value).map(
    (rows, index) => known.nodeAt(index, rows[0].table) ?? readNode(rows, index, scope),
  );
  const nodesByName = new Map<string, NodeDeclaration>();
  for (const node of nodes)
    if (node.name !== undefined && !nodesByName.has(node.name.value)) nodesByName.set(node.name.value, node);
  known.setNodes(nodesByName);
  const linkRows = weakestFirst.map((file) =>
    tablesAt(file, "links", "connections").map(
      (table, index) => known.linkAt(index, table)?.rows[0] ?? readLinkRow(table, nodesByName),
    ),
  );
  const links = joinRows(linkRows, linkKey).map(
    (rows, index) => known.linkAt(index, rows[0].table) ?? readLink(rows, index),
  );
  const bridgeRows = weakestFirst.map((file) =>
    tablesAt(file, "bridges").map((table) => readBridgeRow(table, nodesByName)),
  );
  return {
    ...base,
    isWhole: includes.every(({ outcome }) => outcome.kind === "read" || outcome.kind === "cycle"),
    nodes,
    nodesByName,
    links,
    bridges: joinRows(bridgeRows, ({ name }) => name?.value).map(readBridge),
  };
}

/** The file in which an offset of the lab's numbering lies. */
export function fileAt({ sources, files }: Pick<Manifest, "sources" | "files">, offset: number): ManifestFile {
  if (files.length === 1) return files[0];
  const source = sourceAt(sources, offset);
  return files.find((file) => file.source === source) ?? files[0];
}

function readFile(source: Source): ManifestFile {
  const { root } = source.syntax;
  return { source, root, dialect: dialectOf(root) };
}

function tablesAt({ root }: ManifestFile, ...keys: readonly string[]): readonly TomlTable[] {
  return keys.flatMap((key) => rowsOf(root.entries.get(key)?.value));
}

function readGroups(files: readonly ManifestFile[]): ReadonlyMap<string, GroupDeclaration> {
  const rows = new Map<string, Joined<GroupRow>>();
  for (const { root } of files)
    for (const [name, entry] of tableOf(root.entries.get("groups")?.value)?.entries ?? []) {
      const table = tableOf(entry.value);
      if (table === undefined) continue;
      const row = { name: keyText(entry), table };
      const stronger = rows.get(name);
      if (stronger === undefined) rows.set(name, [row]);
      else stronger.push(row);
    }
  return new Map([...rows].map(([name, all]) => [name, { name: all[0].name, rows: all }]));
}

/** The characters of a key, without the quotes of a quoted one. */
export function keyText({ key }: Pick<Entry, "key">): Text {
  const { start, end } = key.range;
  const quotes = key.quoted && end - start >= 2 ? 1 : 0;
  return { value: key.text, range: { start: start + quotes, end: end - quotes } };
}

/** What nodes take values over from, made once for all of them. */
interface SharedLayers {
  readonly groupLayers: ReadonlyMap<string, readonly Layer[]>;
  readonly defaultLayers: readonly Layer[];
}

function sharedLayers(groups: Manifest["groups"], defaults: Manifest["defaults"]): SharedLayers {
  const groupLayers = new Map<string, readonly Layer[]>();
  for (const [name, { rows }] of groups) {
    const origin = { kind: "group", name } as const;
    groupLayers.set(
      name,
      rows.map(({ table }) => ({ origin, table })),
    );
  }
  return { groupLayers, defaultLayers: defaults.map((table) => ({ origin: { kind: "defaults" }, table })) };
}

interface NodeScope extends SharedLayers {
  readonly catalogue: Catalogue;
  readonly dialectAt: (offset: number) => Dialect;
}

const nodeOrigin = { kind: "node" } as const;

function readNodeRow(table: TomlTable): NodeRow {
  const row = { table, origin: nodeOrigin, name: textOf(table.entries.get("name")?.value) };
  return { ...row, groups: groupsOf([row]) };
}

function groupsOf(rows: readonly Row[]): readonly Text[] {
  const single = textOf(strongestEntry(rows, nodeShape, "group")?.value);
  const several = textsOf(strongestEntry(rows, nodeShape, "groups")?.value);
  return single === undefined ? several : [single, ...several];
}

function readNode(rows: Joined<NodeRow>, index: number, scope: NodeScope): NodeDeclaration {
  const [{ table, name }] = rows;
  const groups = rows.length === 1 ? rows[0].groups : groupsOf(rows);
  const layers = nodeLayers(rows, groups, scope);
  const modelName = effectiveModel(layers);
  const model = modelName === undefined ? undefined : scope.catalogue.find(modelName.value)?.model;
  return {
    index,
    rows,
    table,
    name,
    modelName,
    model,
    groups,
    layers,
    dependsOn: textsOf(effectiveEntry(layers, "depends_on")?.entry.value),
    portLimit: Math.min(countOf(layers) ?? Infinity, model?.ports.data.maxCount ?? 0),
    interfaces: readInterfaces(layers, model, scope.dialectAt),
  };
}

function countOf(layers: readonly Layer[]): number | undefined {
  const key = "data_interface_count";
  return integerOf(effectiveEntry(layers, key)?.entry.value, nodeShape.keys.get(key)?.type);
}

/** The strongest first: the node, its groups from the last named to the first, `defaults`. */
function nodeLayers(rows: readonly NodeRow[], groups: readonly Text[], scope: NodeScope): readonly Layer[] {
  const inherited: Layer[] = [];
  for (let index = groups.length - 1; index >= 0; index--)
    inherited.push(...(scope.groupLayers.get(groups[index]?.value ?? "") ?? []));
  const own: readonly Layer[] = rows;
  // Spread into a new list they would get room for many more.
  return own.concat(inherited, scope.defaultLayers);
}

/** A layer may use either dialect's key; `model` wins within one table. */
function effectiveModel(layers: readonly Layer[]): Text | undefined {
  for (const { table } of layers) {
    const text = textOf(table.entries.get("model")?.value) ?? textOf(table.entries.get("device_model")?.value);
    if (text !== undefined) return text;
  }
  return undefined;
}

type NodesByName = Manifest["nodesByName"];

function readLinkRow(table: TomlTable, nodes: NodesByName): LinkRow {
  return { table, src: linkEnd(table, "src", "a", nodes), dst: linkEnd(table, "dst", "b", nodes) };
}

function readLink(rows: Joined<LinkRow>, index: number): LinkDeclaration {
  const [{ table, src, dst }] = rows;
  return { index, table, src, dst, rows };
}

/** Links are told apart by their two ends, whichever comes first and whatever the port is called. */
function linkKey({ src, dst }: LinkRow): string | undefined {
  const ends = [endKey(src), endKey(dst)];
  return ends.includes(undefined) ? undefined : ends.sort().join("\n");
}

function endKey(end: EndpointDeclaration | undefined): string | undefined {
  if (end?.node === undefined || end.port === undefined) return undefined;
  return `${end.node.value}::${end.ref?.name ?? end.port.text}`;
}

/** `src` wins over `device_a` and `interface_a` where a row holds both. */
function linkEnd(
  table: TomlTable,
  key: "src" | "dst",
  end: "a" | "b",
  nodes: NodesByName,
): EndpointDeclaration | undefined {
  const value = table.entries.get(key)?.value;
  return value?.kind === "string" ? readEndpoint(value, nodes) : readNumberedEndpoint(table, end, nodes);
}

function readBridgeRow(table: TomlTable, nodes: NodesByName): BridgeRow {
  const name = textOf(table.entries.get("name")?.value);
  const items = arrayOf(table.entries.get("links")?.value)?.items ?? [];
  const endpoints = items.flatMap((item) => (item.kind === "string" ? [readEndpoint(item, nodes)] : []));
  return { table, name, endpoints };
}

function readBridge(rows: Joined<BridgeRow>, index: number): BridgeDeclaration {
  const listing = rows.find(({ table }) => arrayOf(table.entries.get("links")?.value) !== undefined);
  const [{ table, name }] = rows;
  return { index, table, name, rows, endpoints: listing?.endpoints ?? [] };
}
