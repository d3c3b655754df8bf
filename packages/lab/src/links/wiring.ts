import { isMirrored } from "@labscape/devices";
import type { Endpoint, LabLink, ResolvedLab } from "@labscape/topology";
import { LabError } from "../errors.js";
import {
  bridgeDeviceName,
  machineLabel,
  networkName,
  resourceUuid,
  wireDeviceName,
  type LabIdentity,
  type LinkRecord,
  type Role,
} from "../identity/index.js";
import { formatUdpEnd, parseUdpEnd, type UdpEnd, type UdpPair, type UdpPortAllocator } from "./udp-ports.js";

/** What a data port of a node is plugged into. */
export type Plug =
  | { readonly kind: "udp"; readonly local: UdpEnd; readonly remote: UdpEnd; readonly state: "up" | "down" }
  | {
      readonly kind: "network";
      readonly network: string;
      readonly state: "up" | "down";
      readonly mtu: number | undefined;
    }
  | {
      readonly kind: "wire";
      /** Taps of this end and of the other on the host; the hook joins them. */
      readonly near: string;
      readonly far: string;
      readonly state: "up" | "down";
      readonly mtu: number | undefined;
    }
  /** No cable, but the tap of one: a wire can be plugged in while the node runs. */
  | { readonly kind: "tap"; readonly near: string }
  | {
      readonly kind: "host-bridge";
      readonly bridge: string;
      readonly state: "up" | "down";
      readonly mtu: number | undefined;
    };

/** A network that stands for a link or a bridge: frames pass between its ports and nowhere else. */
export interface SegmentNetwork {
  readonly uuid: string;
  readonly name: string;
  readonly device: string;
  readonly mtu: number | undefined;
  readonly role: "link" | "bridge";
  /** Of the link ("a::eth1 -- b::eth1") or the bridge. */
  readonly label: string;
}

/** The cable between two virtual machines of one node. Machines by label: "r1.vcp". */
interface InternalLink {
  readonly name: string;
  readonly src: string;
  readonly dst: string;
}

export interface Wiring {
  /** By node, then by data port index. Ports without a cable are absent, but for those that are taps. */
  readonly plugs: ReadonlyMap<string, ReadonlyMap<number, Plug>>;
  /** Cables within nodes: by machine, then by the link's name. */
  readonly internal: ReadonlyMap<string, ReadonlyMap<string, Plug>>;
  /** By node; those within nodes by machine. */
  readonly records: ReadonlyMap<string, readonly LinkRecord[]>;
  readonly networks: readonly SegmentNetwork[];
}

/** In place of a data port, in the record of a cable within a node. */
export const INTERNAL = -1;

/** The same for a link whichever way round it is written. */
export function linkKey(a: string, b: string): string {
  return [a, b].sort().join(" -- ");
}

export function endpointText(endpoint: Pick<Endpoint, "node" | "portName">): string {
  return `${endpoint.node}::${endpoint.portName}`;
}

/**
 * Lays out the cables of a lab.
 *
 * @param kept UDP ends that running nodes have, by link key and end ("node::port"): a cable that stays keeps them.
 * @param taps names of the taps that the lab's domains have: where a wire was, its tap stays for the next one.
 * @throws LabError `link-type-unsupported`, `too-many-links`.
 */
export function layOutLinks(
  lab: ResolvedLab,
  identity: LabIdentity,
  kept: ReadonlyMap<string, ReadonlyMap<string, UdpEnd>>,
  ports: UdpPortAllocator,
  taps: ReadonlySet<string> = new Set(),
): Wiring {
  const plugs = new Map<string, Map<number, Plug>>();
  const records = new Map<string, LinkRecord[]>();
  const networks: SegmentNetwork[] = [];
  const plug = (end: Pick<Endpoint, "node" | "port">, value: Plug): void => {
    const ofNode = plugs.get(end.node) ?? new Map<number, Plug>();
    plugs.set(end.node, ofNode.set(end.port, value));
  };
  const record = (end: Endpoint, value: Omit<LinkRecord, "port" | "portName">): void => {
    const ofNode = records.get(end.node) ?? [];
    records.set(end.node, [...ofNode, { port: end.port, portName: end.portName, ...value }]);
  };
  const segment = (role: "link" | "bridge", label: string, mtu: number | undefined): SegmentNetwork => {
    const key: Role = `${role}/${label}`;
    const short = role === "bridge" ? `bridge-${label}` : `link-${resourceUuid(identity, key).slice(0, 8)}`;
    const network: SegmentNetwork = {
      uuid: resourceUuid(identity, key),
      name: networkName(identity.lab, short),
      device: bridgeDeviceName(identity, key),
      mtu,
      role,
      label,
    };
    networks.push(network);
    return network;
  };

  for (const link of lab.links) {
    const { state } = link;
    const [src, dst] = [endpointText(link.src), endpointText(link.dst)];
    const type = linkType(link, lab);
    if (type === "wire") {
      const [near, far] = [wireDeviceName(identity, src), wireDeviceName(identity, dst)];
      plug(link.src, { kind: "wire", near, far, state, mtu: link.mtu });
      plug(link.dst, { kind: "wire", near: far, far: near, state, mtu: link.mtu });
      record(link.src, { peer: dst, type, state, source: true, local: near, remote: far });
      record(link.dst, { peer: src, type, state, source: false, local: far, remote: near });
    } else if (type === "udp") {
      const pair = udpPair(src, dst, kept, ports);
      plug(link.src, { kind: "udp", local: pair.src, remote: pair.dst, state });
      plug(link.dst, { kind: "udp", local: pair.dst, remote: pair.src, state });
      const [local, remote] = [formatUdpEnd(pair.src), formatUdpEnd(pair.dst)];
      record(link.src, { peer: dst, type: "udp", state, source: true, local, remote });
      record(link.dst, { peer: src, type: "udp", state, source: false, local: remote, remote: local });
    } else {
      const network = segment("link", linkKey(src, dst), link.mtu).name;
      plug(link.src, { kind: "network", network, state, mtu: link.mtu });
      plug(link.dst, { kind: "network", network, state, mtu: link.mtu });
      record(link.src, { peer: dst, type: "bridge", state, source: true });
      record(link.dst, { peer: src, type: "bridge", state, source: false });
    }
  }
  for (const bridge of lab.bridges) {
    const network = bridge.external === undefined ? segment("bridge", bridge.name, bridge.mtu).name : undefined;
    for (const end of bridge.endpoints) {
      plug(
        end,
        network === undefined
          ? { kind: "host-bridge", bridge: bridge.external ?? "", state: "up", mtu: bridge.mtu }
          : { kind: "network", network, state: "up", mtu: bridge.mtu },
      );
      record(end, { peer: bridge.name, type: "bridge", state: "up", source: true });
    }
  }
  for (const node of lab.nodes) {
    const wired = [...(plugs.get(node.name)?.values() ?? [])].some(({ kind }) => kind === "wire");
    if (!wired && taps.size === 0) continue;
    for (const { index, name } of node.ports) {
      const end = { node: node.name, port: index, portName: name };
      const near = wireDeviceName(identity, endpointText(end));
      const spare = plugs.get(node.name)?.get(index) === undefined && !isMirrored(node.model, index);
      if (spare && (wired || taps.has(near))) plug(end, { kind: "tap", near });
    }
  }
  const internal = new Map<string, Map<string, Plug>>();
  for (const link of lab.nodes.flatMap(internalLinks)) {
    const { name } = link;
    const [src, dst] = [
      endpointText({ node: link.src, portName: name }),
      endpointText({ node: link.dst, portName: name }),
    ];
    const pair = udpPair(src, dst, kept, ports);
    const ends = [
      { machine: link.src, peer: dst, local: pair.src, remote: pair.dst, source: true },
      { machine: link.dst, peer: src, local: pair.dst, remote: pair.src, source: false },
    ];
    for (const { machine, peer, local, remote, source } of ends) {
      const ofMachine = internal.get(machine) ?? new Map<string, Plug>();
      internal.set(machine, ofMachine.set(name, { kind: "udp", local, remote, state: "up" }));
      records.set(machine, [
        ...(records.get(machine) ?? []),
        {
          port: INTERNAL,
          portName: name,
          peer,
          type: "udp",
          state: "up",
          source,
          local: formatUdpEnd(local),
          remote: formatUdpEnd(remote),
        },
      ]);
    }
  }
  return { plugs, records, networks, internal };
}

function internalLinks({ name: node, model }: ResolvedLab["nodes"][number]): readonly InternalLink[] {
  const ends = new Map<string, string[]>();
  for (const { name, nics } of model.members)
    for (const nic of nics)
      if (nic.kind === "internal") ends.set(nic.link, [...(ends.get(nic.link) ?? []), machineLabel(node, name)]);
  return [...ends].flatMap(([name, [src, dst]]) =>
    src === undefined || dst === undefined ? [] : [{ name, src, dst }],
  );
}

/** A port that two members see makes a cable of three ends, which only a network can be. */
function linkType(link: LabLink, lab: ResolvedLab): "udp" | "wire" | "bridge" {
  const mirrored = [link.src, link.dst].find(({ node, port }) => {
    const model = lab.nodes.find(({ name }) => name === node)?.model;
    return model !== undefined && isMirrored(model, port);
  });
  if (mirrored !== undefined && (link.type === "udp" || link.type === "wire")) {
    throw new LabError(
      "link-type-unsupported",
      `the link ${linkKey(endpointText(link.src), endpointText(link.dst))} asks for type "${link.type}", but two virtual machines of ${mirrored.node} are at its end`,
      'Use type = "bridge", or leave the type out.',
    );
  }
  switch (link.type) {
    case "auto":
    case "udp":
      return mirrored === undefined ? "udp" : "bridge";
    case "bridge":
      return "bridge";
    case "wire":
      return "wire";
  }
}

function udpPair(
  src: string,
  dst: string,
  kept: ReadonlyMap<string, ReadonlyMap<string, UdpEnd>>,
  ports: UdpPortAllocator,
): UdpPair {
  const ends = kept.get(linkKey(src, dst));
  return { src: ends?.get(src) ?? ports.allocate(), dst: ends?.get(dst) ?? ports.allocate() };
}

/** UDP ends that nodes of the lab have now, by link key and end. */
export function keptUdpEnds(
  nodes: Iterable<{ readonly name: string; readonly member: string; readonly links: readonly LinkRecord[] }>,
): ReadonlyMap<string, ReadonlyMap<string, UdpEnd>> {
  const kept = new Map<string, Map<string, UdpEnd>>();
  for (const node of nodes) {
    for (const link of node.links) {
      const [local, remote] = [parseUdpEnd(link.local), parseUdpEnd(link.remote)];
      if (local === undefined || remote === undefined) continue;
      const owner = link.port === INTERNAL ? machineLabel(node.name, node.member) : node.name;
      const self = endpointText({ node: owner, portName: link.portName });
      const key = linkKey(self, link.peer);
      const ends = kept.get(key) ?? new Map<string, UdpEnd>();
      kept.set(key, ends.set(self, local).set(link.peer, remote));
    }
  }
  return kept;
}
