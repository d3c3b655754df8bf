import type { Catalogue } from "@labscape/devices";
import type { Dialect } from "../analysis.js";
import type { Entry, TomlTable } from "../syntax/tree.js";
import { arrayOf, rowsOf, tableOf, textOf, textsOf, type Text } from "./access.js";
import { dialectOf } from "./dialect.js";
import { readEndpoint, readNumberedEndpoint } from "./endpoint.js";
import { readInterfaces } from "./interfaces.js";
import { effectiveEntry } from "./layers.js";
import type { Sources } from "./sources.js";
import { integerOf } from "./values.js";
import { nodeShape } from "../keys/index.js";
import type {
  BridgeDeclaration,
  EndpointDeclaration,
  GroupDeclaration,
  Layer,
  LinkDeclaration,
  Manifest,
  NodeDeclaration,
} from "./manifest.js";

/** Reads declarations and references of both dialects from the syntax tree. Never fails; leaves out what is not there. */
export function readManifest(sources: Sources, catalogue: Catalogue): Manifest {
  const { root } = sources[0].syntax;
  const defaults = tableOf(root.entries.get("defaults")?.value);
  const groups = readGroups(root);
  const dialect = dialectOf(root);
  const nodes = [...rowsOf(root.entries.get("nodes")?.value), ...rowsOf(root.entries.get("devices")?.value)].map(
    (table, index) => readNode(table, index, { catalogue, defaults, groups, dialect }),
  );
  const nodesByName = new Map<string, NodeDeclaration>();
  for (const node of nodes)
    if (node.name !== undefined && !nodesByName.has(node.name.value)) nodesByName.set(node.name.value, node);
  const linkRows = [...rowsOf(root.entries.get("links")?.value), ...rowsOf(root.entries.get("connections")?.value)];
  return {
    sources,
    dialect,
    root,
    ...(defaults !== undefined && { defaults }),
    nodes,
    nodesByName,
    groups,
    links: linkRows.map((table, index) => readLink(table, index, nodesByName)),
    bridges: rowsOf(root.entries.get("bridges")?.value).map((table, index) => readBridge(table, index, nodesByName)),
  };
}

function readGroups(root: TomlTable): ReadonlyMap<string, GroupDeclaration> {
  const groups = new Map<string, GroupDeclaration>();
  for (const [name, entry] of tableOf(root.entries.get("groups")?.value)?.entries ?? []) {
    const table = tableOf(entry.value);
    if (table !== undefined) groups.set(name, { name: keyText(entry), table });
  }
  return groups;
}

/** The characters of a key, without the quotes of a quoted one. */
export function keyText({ key }: Pick<Entry, "key">): Text {
  const { start, end } = key.range;
  const quotes = key.quoted && end - start >= 2 ? 1 : 0;
  return { value: key.text, range: { start: start + quotes, end: end - quotes } };
}

interface NodeScope {
  readonly catalogue: Catalogue;
  readonly defaults: TomlTable | undefined;
  readonly groups: ReadonlyMap<string, GroupDeclaration>;
  readonly dialect: Dialect;
}

function readNode(table: TomlTable, index: number, scope: NodeScope): NodeDeclaration {
  const single = textOf(table.entries.get("group")?.value);
  const groups = [...(single === undefined ? [] : [single]), ...textsOf(table.entries.get("groups")?.value)];
  const layers = nodeLayers(table, groups, scope);
  const name = textOf(table.entries.get("name")?.value);
  const modelName = effectiveModel(layers);
  const model = modelName === undefined ? undefined : scope.catalogue.find(modelName.value)?.model;
  return {
    index,
    table,
    name,
    modelName,
    model,
    groups,
    layers,
    dependsOn: textsOf(effectiveEntry(layers, "depends_on")?.entry.value),
    portLimit: Math.min(countOf(layers) ?? Infinity, model?.ports.data.maxCount ?? 0),
    interfaces: readInterfaces(layers, model, scope.dialect),
  };
}

function countOf(layers: readonly Layer[]): number | undefined {
  const key = "data_interface_count";
  return integerOf(effectiveEntry(layers, key)?.entry.value, nodeShape.keys.get(key)?.type);
}

/** The strongest first: the node, its groups from the last named to the first, `defaults`. */
function nodeLayers(table: TomlTable, groups: readonly Text[], scope: NodeScope): readonly Layer[] {
  const layers: Layer[] = [{ origin: { kind: "node" }, table }];
  for (const { value } of [...groups].reverse()) {
    const group = scope.groups.get(value);
    if (group !== undefined) layers.push({ origin: { kind: "group", name: value }, table: group.table });
  }
  if (scope.defaults !== undefined) layers.push({ origin: { kind: "defaults" }, table: scope.defaults });
  return layers;
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

function readLink(table: TomlTable, index: number, nodes: NodesByName): LinkDeclaration {
  const src = linkEnd(table, "src", "a", nodes);
  const dst = linkEnd(table, "dst", "b", nodes);
  return { index, table, src, dst };
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

function readBridge(table: TomlTable, index: number, nodes: NodesByName): BridgeDeclaration {
  const name = textOf(table.entries.get("name")?.value);
  const items = arrayOf(table.entries.get("links")?.value)?.items ?? [];
  const endpoints = items.flatMap((item) => (item.kind === "string" ? [readEndpoint(item, nodes)] : []));
  return { index, table, name, endpoints };
}
