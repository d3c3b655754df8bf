import type { LabBridge, LabLink, LabNode, ResolvedLab } from "../model/lab.js";
import { idFor, quoted } from "./text.js";

export interface MermaidDiagram {
  /** A mermaid flow chart. */
  readonly source: string;
  /** Name of the node by its id in the source. Bridges and groups are not in it. */
  readonly nodes: ReadonlyMap<string, string>;
  /** The lines between nodes, and between nodes and bridges, in the source's order. */
  readonly links: readonly MermaidLink[];
}

/** A line of the picture, by ids in the source. */
export interface MermaidLink {
  readonly from: string;
  readonly to: string;
  /** The end at `from`: "node::port". */
  readonly end: string;
}

type Role = LabNode["model"]["role"];

/** Opening and closing of a node's shape. */
const shapes: Readonly<Record<Role, readonly [string, string]>> = {
  router: ["([", "])"],
  switch: ["[", "]"],
  firewall: ["{{", "}}"],
  host: ["(", ")"],
  other: ["[", "]"],
};

/**
 * The lab as a mermaid flow chart: a node a device, in the shape and class of its role; a line a link, with the ports at
 * its ends; bridges as nodes of their own, groups as frames. Ids are made of names, so that an edit elsewhere changes none.
 */
export function mermaidDiagram(lab: ResolvedLab): MermaidDiagram {
  const nodes = new Map<string, string>();
  const ungrouped: string[] = [];
  const frames = new Map<string, string[]>();
  for (const node of lab.nodes) {
    const id = idFor("node", node.name);
    if (nodes.has(id)) continue; // A duplicate name is a finding; the first node has it.
    nodes.set(id, node.name);
    const [group] = node.groups;
    if (group === undefined) ungrouped.push(drawNode(id, node));
    else frames.set(group, [...(frames.get(group) ?? []), drawNode(id, node)]);
  }
  const framed = [...frames].flatMap(([group, lines]) => [
    `subgraph ${idFor("group", group)} [${quoted(group)}]`,
    ...lines.map(indented),
    "end",
  ]);
  const body = [...ungrouped, ...framed, ...lab.bridges.flatMap(drawBridge), ...lab.links.map(drawLink)];
  const links = [
    ...lab.bridges.flatMap(({ name, endpoints }) => endpoints.map((end) => linkFrom(end, idFor("bridge", name)))),
    ...lab.links.map(({ src, dst }) => linkFrom(src, idFor("node", dst.node))),
  ];
  return { source: [`flowchart ${lab.diagram.direction}`, ...body.map(indented), ""].join("\n"), nodes, links };
}

function drawNode(id: string, { name, model }: LabNode): string {
  const [open, close] = shapes[model.role];
  return `${id}${open}${quoted(name, model.title)}${close}:::${model.role}`;
}

function drawLink({ src, dst, label, state }: LabLink): string {
  const ports = `${src.portName} — ${dst.portName}`;
  const text = label === undefined ? quoted(ports) : quoted(label, ports);
  return `${idFor("node", src.node)} ${line(state)}|${text}| ${idFor("node", dst.node)}`;
}

function linkFrom({ node, portName }: LabLink["src"], to: string): MermaidLink {
  return { from: idFor("node", node), to, end: `${node}::${portName}` };
}

function drawBridge({ name, endpoints }: LabBridge): string[] {
  const id = idFor("bridge", name);
  return [
    `${id}[[${quoted(name)}]]:::bridge`,
    ...endpoints.map(({ node, portName }) => `${idFor("node", node)} ---|${quoted(portName)}| ${id}`),
  ];
}

function line(state: LabLink["state"]): string {
  return state === "down" ? "-.-" : "---";
}

function indented(text: string): string {
  return `  ${text}`;
}
