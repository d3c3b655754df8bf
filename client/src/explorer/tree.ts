import type { Host, LabStatus, LinkStatus, NodeStatus } from "@labscape/lab";
import { isReachable } from "../labs/badges.js";

/** What the explorer shows of one connection. */
export interface HostItem {
  readonly kind: "host";
  readonly uri: string;
  readonly host: Host;
  readonly labs: readonly LabStatus[];
  /** The connection was lost, and is tried again. */
  readonly isLost: boolean;
}

/** A connection that is not there. */
export interface LostHostItem {
  readonly kind: "lost";
  readonly uri: string;
  readonly code: string;
  readonly message: string;
  readonly mend: string;
}

interface OfLab {
  readonly host: Host;
  readonly lab: LabStatus;
}

export type LabItem = OfLab &
  (
    | { readonly kind: "lab" | "links" }
    | { readonly kind: "node"; readonly node: NodeStatus }
    /** A port of a node that has a cable; `peer` is the other end. */
    | {
        readonly kind: "port";
        readonly node: NodeStatus;
        readonly port: string;
        readonly peer: string;
        readonly link: LinkStatus;
      }
    | { readonly kind: "link"; readonly link: LinkStatus }
  );

export type Item = HostItem | LostHostItem | LabItem;

const LAB_KINDS: readonly unknown[] = ["lab", "links", "node", "port", "link"];

/** Whether a command was called on an item of the explorer that belongs to a lab. */
export function isLabItem(value: unknown): value is LabItem {
  return typeof value === "object" && value !== null && "kind" in value && LAB_KINDS.includes(value.kind);
}

/** What is below an item. */
export function childrenOf(item: Item): readonly Item[] {
  switch (item.kind) {
    case "host":
      return item.labs.map((lab) => ({ kind: "lab", host: item.host, lab }));
    case "lab": {
      const { host, lab } = item;
      const nodes = lab.nodes.map((node): Item => ({ kind: "node", host, lab, node }));
      return lab.links.length === 0 ? nodes : [...nodes, { kind: "links", host, lab }];
    }
    case "links":
      return item.lab.links.map((link) => ({ kind: "link", host: item.host, lab: item.lab, link }));
    case "node":
      return portsOf(item);
    case "lost":
    case "port":
    case "link":
      return [];
  }
}

interface CabledPort {
  readonly port: string;
  readonly peer: string;
  readonly link: LinkStatus;
}

/** By lab, then by node: with many nodes, to go through all links for each of them takes long. */
const cabledPorts = new WeakMap<LabStatus, ReadonlyMap<string, readonly CabledPort[]>>();

function portsOf({ host, lab, node }: Extract<LabItem, { kind: "node" }>): readonly Item[] {
  const byNode = cabledPorts.get(lab) ?? portsByNode(lab);
  cabledPorts.set(lab, byNode);
  return (byNode.get(node.name) ?? []).map((cabled): Item => ({ kind: "port", host, lab, node, ...cabled }));
}

function portsByNode({ links }: LabStatus): ReadonlyMap<string, readonly CabledPort[]> {
  const byNode = new Map<string, CabledPort[]>();
  for (const link of links) {
    for (const [end, peer] of [
      [link.src, link.dst],
      [link.dst, link.src],
    ] as const) {
      // A bridge has no ports, and so is no node.
      const [node = "", port] = end.split("::");
      if (port === undefined) continue;
      const ports = byNode.get(node) ?? [];
      byNode.set(node, ports);
      ports.push({ port, peer, link });
    }
  }
  return byNode;
}

/** The same for the same thing whenever it is asked, so that what a person has opened stays open. */
export function idOf(item: Item): string {
  switch (item.kind) {
    case "host":
    case "lost":
      return item.uri;
    case "lab":
    case "links":
      return JSON.stringify([item.host.uri, item.lab.owner, item.lab.name, item.kind]);
    case "node":
      return JSON.stringify([item.host.uri, item.lab.owner, item.lab.name, "node", item.node.name]);
    case "port":
      return JSON.stringify([item.host.uri, item.lab.owner, item.lab.name, "port", item.node.name, item.port]);
    case "link":
      return JSON.stringify([item.host.uri, item.lab.owner, item.lab.name, "link", item.link.src, item.link.dst]);
  }
}

/**
 * What can be done with an item, for the conditions of menus: words that begin and end with a space. Labs of other owners are
 * there to be seen only.
 */
export function contextOf(item: Item): string {
  if (item.kind === "host" || item.kind === "lost") return ` ${item.kind} `;
  const own = item.lab.owner === item.host.owner;
  return ` ${[item.kind, ...(own ? abilities(item) : ["foreign"])].join(" ")} `;
}

function abilities(item: LabItem): readonly string[] {
  const { nodes, manifest } = item.lab;
  const written = manifest === "" ? [] : ["written"];
  switch (item.kind) {
    case "lab":
      return [...new Set(nodes.map(({ state }) => powerOf(state))), ...written];
    case "node": {
      const { state, address } = item.node;
      const reachable = isReachable(item.node) ? ["reachable"] : [];
      return [powerOf(state), ...reachable, ...(address === "" ? [] : ["address"]), ...written];
    }
    case "port":
    case "link":
      return [item.link.state];
    case "links":
      return [];
  }
}

function powerOf(state: NodeStatus["state"]): "running" | "paused" | "off" {
  return state === "running" || state === "paused" ? state : "off";
}

/** Labs of which something runs. */
export function runningLabs(labs: readonly LabStatus[]): number {
  return labs.filter(({ nodes }) => nodes.some(({ state }) => state === "running")).length;
}

/** The nodes that a command on one item of several selected ones is about; none: the lab as a whole. */
export function nodesOf(item: LabItem, selected: readonly LabItem[]): readonly string[] {
  if (item.kind !== "node") return [];
  const others = selected.flatMap((one) => (one.kind === "node" && sameLab(one, item) ? [one.node.name] : []));
  return others.includes(item.node.name) ? others : [item.node.name];
}

function sameLab(a: OfLab, b: OfLab): boolean {
  return a.host === b.host && a.lab.name === b.lab.name && a.lab.owner === b.lab.owner;
}
