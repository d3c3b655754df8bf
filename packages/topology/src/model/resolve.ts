import { rootShape } from "../keys/index.js";
import type { Range, TomlTable } from "../syntax/tree.js";
import { tableOf, textOf } from "./access.js";
import type { DiagramSettings, HostSettings, LabBridge, LabLink, LabNode, Management, ResolvedLab } from "./lab.js";
import type { BridgeDeclaration, EndpointDeclaration, LinkDeclaration, Manifest } from "./manifest.js";
import type { Endpoint } from "./lab.js";
import { resolveNode } from "./resolve-node.js";
import { locate, type Sources } from "./sources.js";
import { integerOf, wordOf } from "./values.js";
import { linkShape } from "../keys/link.js";

/** Name of a lab whose manifest gives none; a finding says that it is missing. */
const UNNAMED = "lab";

/** The lab that a manifest means: what could be understood, with every default filled in. */
export function resolveLab(manifest: Manifest): ResolvedLab {
  const { root } = manifest;
  const name = textOf(root.entries.get("name")?.value)?.value ?? textOf(root.entries.get("id")?.value)?.value;
  const readyTimeout = integerOf(root.entries.get("ready_timeout")?.value, rootShape.keys.get("ready_timeout")?.type);
  const used = highestPorts(manifest);
  const nodes = new Map<string, LabNode>();
  for (const [nodeName, declaration] of manifest.nodesByName) {
    const node = resolveNode(declaration, manifest, used.get(nodeName) ?? -1);
    if (node !== undefined) nodes.set(nodeName, node);
  }
  const resolveEnd = (end: EndpointDeclaration | undefined) => resolveEndpoint(end, nodes, manifest.sources);
  return {
    name: name === undefined || name === "" ? UNNAMED : name,
    description: textOf(root.entries.get("description")?.value)?.value ?? "",
    ...(readyTimeout === undefined ? {} : { readyTimeout }),
    nodes: [...nodes.values()],
    links: manifest.links.flatMap((link) => resolveLink(link, resolveEnd, manifest.sources) ?? []),
    bridges: manifest.bridges.flatMap((bridge) => resolveBridge(bridge, resolveEnd, manifest.sources) ?? []),
    management: resolveManagement(tableOf(root.entries.get("management")?.value), name ?? UNNAMED),
    host: resolveHost(tableOf(root.entries.get("host")?.value)),
    diagram: resolveDiagram(tableOf(root.entries.get("diagram")?.value)),
  };
}

/** Where a table is written: from its first to its last character in the first place where it stands. */
export function tableRange(table: TomlTable): Range {
  return table.ranges[0] ?? table.nameRange;
}

/** The highest data port of each node that a link, a bridge or `interfaces` uses. */
function highestPorts(manifest: Manifest): ReadonlyMap<string, number> {
  const highest = new Map<string, number>();
  const use = (node: string, index: number) => highest.set(node, Math.max(index, highest.get(node) ?? -1));
  const useEnd = (end: EndpointDeclaration | undefined) => {
    if (end?.declaration?.name !== undefined && end.ref?.role === "data")
      use(end.declaration.name.value, end.ref.index);
  };
  for (const { src, dst } of manifest.links) {
    useEnd(src);
    useEnd(dst);
  }
  for (const { endpoints } of manifest.bridges) endpoints.forEach(useEnd);
  for (const [name, node] of manifest.nodesByName)
    for (const { ref } of node.interfaces) if (ref?.role === "data") use(name, ref.index);
  return highest;
}

type ResolveEnd = (end: EndpointDeclaration | undefined) => Endpoint | undefined;

function resolveEndpoint(
  end: EndpointDeclaration | undefined,
  nodes: ReadonlyMap<string, LabNode>,
  sources: Sources,
): Endpoint | undefined {
  if (end?.node === undefined || end.ref?.role !== "data") return undefined;
  const port = nodes.get(end.node.value)?.ports[end.ref.index];
  if (port === undefined) return undefined;
  return { node: end.node.value, port: port.index, portName: port.name, at: locate(sources, end.range) };
}

function resolveLink(link: LinkDeclaration, resolveEnd: ResolveEnd, sources: Sources): LabLink | undefined {
  const src = resolveEnd(link.src);
  const dst = resolveEnd(link.dst);
  if (src === undefined || dst === undefined || src.node === dst.node) return undefined;
  const { entries } = link.table;
  const label = textOf(entries.get("label")?.value)?.value;
  const mtu = integerOf(entries.get("mtu")?.value, linkShape.keys.get("mtu")?.type);
  return {
    index: link.index,
    src,
    dst,
    ...(label !== undefined && { label }),
    ...(mtu !== undefined && { mtu }),
    state: wordOf(entries.get("state")?.value, ["up", "down"]) ?? "up",
    type: wordOf(entries.get("type")?.value, ["auto", "udp", "wire", "bridge"]) ?? "auto",
    at: locate(sources, tableRange(link.table)),
  };
}

function resolveBridge(bridge: BridgeDeclaration, resolveEnd: ResolveEnd, sources: Sources): LabBridge | undefined {
  if (bridge.name === undefined) return undefined;
  const { entries } = bridge.table;
  const external = textOf(entries.get("external")?.value)?.value;
  const mtu = integerOf(entries.get("mtu")?.value, linkShape.keys.get("mtu")?.type);
  return {
    name: bridge.name.value,
    endpoints: bridge.endpoints.flatMap((end) => resolveEnd(end) ?? []),
    ...(external !== undefined && { external }),
    ...(mtu !== undefined && { mtu }),
    at: locate(sources, tableRange(bridge.table)),
  };
}

function resolveManagement(table: TomlTable | undefined, labName: string): Management {
  const ipv4 = textOf(table?.entries.get("ipv4")?.value)?.value;
  const ipv6 = textOf(table?.entries.get("ipv6")?.value)?.value;
  return {
    mode: wordOf(table?.entries.get("mode")?.value, ["nat", "user", "isolated", "none"]) ?? "auto",
    ...(ipv4 !== undefined && { ipv4 }),
    ...(ipv6 !== undefined && { ipv6 }),
    domain: textOf(table?.entries.get("domain")?.value)?.value ?? `${labName}.lab`,
    dns: resolveRecords(tableOf(table?.entries.get("dns")?.value)),
  };
}

function resolveRecords(table: TomlTable | undefined): Readonly<Record<string, string>> {
  const records = [...(table?.entries ?? [])].flatMap(([name, { value }]) => {
    const address = textOf(value)?.value;
    return address === undefined ? [] : [[name, address] as const];
  });
  return Object.fromEntries(records);
}

function resolveHost(table: TomlTable | undefined): HostSettings {
  const uri = textOf(table?.entries.get("uri")?.value)?.value;
  const poolPath = textOf(table?.entries.get("pool_path")?.value)?.value;
  return {
    ...(uri !== undefined && { uri }),
    accelerator: wordOf(table?.entries.get("accelerator")?.value, ["auto", "kvm", "tcg"]) ?? "auto",
    ...(poolPath !== undefined && { poolPath }),
  };
}

function resolveDiagram(table: TomlTable | undefined): DiagramSettings {
  return { direction: wordOf(table?.entries.get("direction")?.value, ["LR", "RL", "TB", "BT"]) ?? "LR" };
}
