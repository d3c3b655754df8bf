import type { Analysis } from "../analysis.js";
import { tableRange, textOf } from "../model/access.js";
import {
  locate,
  type EndpointDeclaration,
  type Location,
  type Manifest,
  type NodeDeclaration,
  type Sources,
} from "../model/index.js";
import { labName } from "../model/resolve.js";
import { resolveDiagram } from "../model/diagram.js";
import type { DiagramSettings, Point } from "../model/lab.js";
import { bridgeSettings, linkSettings, settingOf } from "../model/settings.js";
import { freePorts as freePortsOf, PortUsage } from "../model/usage.js";
import { wordOf } from "../model/values.js";
import { cablesOf, portText, type Cable } from "./cables.js";
import type {
  CanvasBridge,
  CanvasGroup,
  CanvasLink,
  CanvasModel,
  CanvasNode,
  CanvasNodeEnd,
  PortChoice,
} from "./canvas-model.js";

/** What a canvas draws of a lab. */
export function canvasModel({ manifest, sources, providers }: Analysis): CanvasModel {
  const diagram = resolveDiagram(manifest);
  const usage = new PortUsage(manifest);
  const positions = new Map(Object.entries(diagram.nodes));
  const nodes: CanvasNode[] = [];
  for (const [name, node] of manifest.nodesByName)
    if (name !== "") nodes.push(describeNode(name, node, positions.get(name), usage, sources));
  return {
    lab: labName(manifest),
    broken: sources.some(({ syntax }) => syntax.errors.some(({ code }) => code === "toml-syntax")),
    direction: diagram.direction,
    nodes,
    bridges: describeBridges(manifest, diagram),
    links: cablesOf(manifest).map((cable) => describeCable(cable, manifest)),
    groups: describeGroups(manifest),
    notes: diagram.notes.map(({ text, x, y, at }) => ({ text, position: { x, y }, at })),
    hostBridges: providers.host?.()?.bridges ?? [],
  };
}

function describeNode(
  name: string,
  node: NodeDeclaration,
  position: Point | undefined,
  usage: PortUsage,
  sources: Sources,
): CanvasNode {
  const { model, modelName, groups, table } = node;
  const written = modelName?.value ?? "";
  return {
    name,
    model: model?.name ?? written,
    title: model?.title ?? written,
    role: model?.role ?? "unknown",
    members: Math.max(1, model?.members.length ?? 1),
    groups: groups.map(({ value }) => value),
    ...(position !== undefined && { position }),
    hasFreePort: freePortsOf(node, usage, 1).length > 0,
    at: locate(sources, node.name?.range ?? table.nameRange),
  };
}

/** The data ports of a node that have no cable, in the device's order; none for a node that is not there. */
export function freePorts({ manifest }: Pick<Analysis, "manifest">, node: string): readonly PortChoice[] {
  const declaration = manifest.nodesByName.get(node);
  return declaration === undefined ? [] : freePortsOf(declaration, new PortUsage(manifest), Infinity);
}

function describeBridges(manifest: Manifest, diagram: DiagramSettings): readonly CanvasBridge[] {
  const positions = new Map(Object.entries(diagram.bridges));
  const bridges = new Map<string, CanvasBridge>();
  for (const bridge of manifest.bridges) {
    const { name } = bridge;
    if (name === undefined || name.value === "" || bridges.has(name.value)) continue;
    const external = textOf(settingOf(bridgeSettings(bridge), "external")?.value)?.value;
    const position = positions.get(name.value);
    bridges.set(name.value, {
      name: name.value,
      ...(external !== undefined && { external }),
      ...(position !== undefined && { position }),
      at: locate(manifest.sources, name.range),
    });
  }
  return [...bridges.values()];
}

function describeCable(cable: Cable, { sources }: Manifest): CanvasLink {
  const { id, src } = cable;
  if (cable.kind === "bridge") {
    const bridge = cable.bridge.name?.value ?? "";
    return { id, src: describeEnd(src), dst: { bridge }, state: "up", type: "auto", at: locate(sources, src.range) };
  }
  const settings = linkSettings(cable.link);
  const label = textOf(settingOf(settings, "label")?.value)?.value;
  return {
    id,
    src: describeEnd(src),
    dst: describeEnd(cable.dst),
    ...(label !== undefined && { label }),
    state: wordOf(settingOf(settings, "state")?.value, ["up", "down"]) ?? "up",
    type: wordOf(settingOf(settings, "type")?.value, ["auto", "udp", "wire", "bridge"]) ?? "auto",
    at: locate(sources, tableRange(cable.link.table)),
  };
}

function describeEnd(end: EndpointDeclaration): CanvasNodeEnd {
  const known = end.ref?.role === "data" && end.ref.index < (end.declaration?.portLimit ?? 0);
  return { node: end.node?.value ?? "", port: portText(end), known };
}

function describeGroups({ groups, nodes, sources }: Manifest): readonly CanvasGroup[] {
  const found = new Map<string, Location | undefined>();
  for (const [name, group] of groups) found.set(name, locate(sources, group.name.range));
  for (const node of nodes)
    for (const { value } of node.groups) if (value !== "" && !found.has(value)) found.set(value, undefined);
  return [...found].map(([name, at]) => ({ name, ...(at !== undefined && { at }) }));
}
