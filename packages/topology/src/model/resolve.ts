import { tableOf, tableRange, textOf } from "./access.js";
import { resolveDiagram } from "./diagram.js";
import type { HostSettings, LabBridge, LabLink, LabNode, Management, ResolvedLab } from "./lab.js";
import type { BridgeDeclaration, EndpointDeclaration, LinkDeclaration, Manifest } from "./manifest.js";
import type { Endpoint } from "./lab.js";
import { resolveNode } from "./resolve-node.js";
import { bridgeSettings, linkSettings, rootSettings, settingOf, settingsOf, type Settings } from "./settings.js";
import { locate, type Sources } from "./sources.js";
import { integerOf, wordOf } from "./values.js";

/** Name of a lab whose manifest gives none; a finding says that it is missing. */
const UNNAMED = "lab";

/** The lab that a manifest and what it includes mean: what could be understood, with every default filled in. */
export function resolveLab(manifest: Manifest): ResolvedLab {
  const { sources } = manifest;
  const root = rootSettings(manifest);
  const name = labName(manifest);
  const readyTimeout = integerSetting(root, "ready_timeout");
  const used = highestPorts(manifest);
  const nodes = new Map<string, LabNode>();
  for (const [nodeName, declaration] of manifest.nodesByName) {
    const node = resolveNode(declaration, sources, used.get(nodeName) ?? -1);
    if (node !== undefined) nodes.set(nodeName, node);
  }
  const resolveEnd = (end: EndpointDeclaration | undefined) => resolveEndpoint(end, nodes, sources);
  return {
    name,
    description: textSetting(root, "description") ?? "",
    ...(readyTimeout === undefined ? {} : { readyTimeout }),
    nodes: [...nodes.values()],
    links: manifest.links.flatMap((link) => resolveLink(link, resolveEnd, sources) ?? []),
    bridges: manifest.bridges.flatMap((bridge) => resolveBridge(bridge, resolveEnd, sources) ?? []),
    management: resolveManagement(settingsOf(manifest, "management"), name),
    host: resolveHost(settingsOf(manifest, "host")),
    diagram: resolveDiagram(manifest),
  };
}

/** What the lab is called. A file's name or id counts only where no stronger file has either. */
export function labName({ files }: Pick<Manifest, "files">): string {
  for (const { root } of files) {
    const name = textOf(root.entries.get("name")?.value) ?? textOf(root.entries.get("id")?.value);
    if (name !== undefined && name.value !== "") return name.value;
  }
  return UNNAMED;
}

function textSetting(settings: Settings, key: string): string | undefined {
  return textOf(settingOf(settings, key)?.value)?.value;
}

function integerSetting(settings: Settings, key: string): number | undefined {
  return integerOf(settingOf(settings, key)?.value, settings.shape.keys.get(key)?.type);
}

function wordSetting<Word extends string>(settings: Settings, key: string, words: readonly Word[]): Word | undefined {
  return wordOf(settingOf(settings, key)?.value, words);
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
  const settings = linkSettings(link);
  const label = textSetting(settings, "label");
  const mtu = integerSetting(settings, "mtu");
  return {
    index: link.index,
    src,
    dst,
    ...(label !== undefined && { label }),
    ...(mtu !== undefined && { mtu }),
    state: wordSetting(settings, "state", ["up", "down"]) ?? "up",
    type: wordSetting(settings, "type", ["auto", "udp", "wire", "bridge"]) ?? "auto",
    at: locate(sources, tableRange(link.table)),
  };
}

function resolveBridge(bridge: BridgeDeclaration, resolveEnd: ResolveEnd, sources: Sources): LabBridge | undefined {
  if (bridge.name === undefined) return undefined;
  const settings = bridgeSettings(bridge);
  const external = textSetting(settings, "external");
  const mtu = integerSetting(settings, "mtu");
  return {
    name: bridge.name.value,
    endpoints: bridge.endpoints.flatMap((end) => resolveEnd(end) ?? []),
    ...(external !== undefined && { external }),
    ...(mtu !== undefined && { mtu }),
    at: locate(sources, tableRange(bridge.table)),
  };
}

function resolveManagement(settings: Settings, labName: string): Management {
  const ipv4 = textSetting(settings, "ipv4");
  const ipv6 = textSetting(settings, "ipv6");
  return {
    mode: wordSetting(settings, "mode", ["nat", "user", "isolated", "none"]) ?? "auto",
    ...(ipv4 !== undefined && { ipv4 }),
    ...(ipv6 !== undefined && { ipv6 }),
    domain: textSetting(settings, "domain") ?? `${labName}.lab`,
    dns: resolveRecords(settings),
  };
}

/** Tables merge key by key: the records of all files, those of the strongest last, so that they stay. */
function resolveRecords({ rows }: Settings): Readonly<Record<string, string>> {
  const records = [...rows].reverse().flatMap(({ table }) =>
    [...(tableOf(table.entries.get("dns")?.value)?.entries ?? [])].flatMap(([name, { value }]) => {
      const address = textOf(value)?.value;
      return address === undefined ? [] : [[name, address] as const];
    }),
  );
  return Object.fromEntries(records);
}

function resolveHost(settings: Settings): HostSettings {
  const uri = textSetting(settings, "uri");
  const poolPath = textSetting(settings, "pool_path");
  return {
    ...(uri !== undefined && { uri }),
    accelerator: wordSetting(settings, "accelerator", ["auto", "kvm", "tcg"]) ?? "auto",
    ...(poolPath !== undefined && { poolPath }),
  };
}
