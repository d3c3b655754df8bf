import type { Endpoint, LabLink, ResolvedLab } from "@labscape/topology";
import { LabError } from "../errors.js";
import {
  bridgeDeviceName,
  networkName,
  resourceUuid,
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

export interface Wiring {
  /** By node, then by data port index. Ports without a cable are absent. */
  readonly plugs: ReadonlyMap<string, ReadonlyMap<number, Plug>>;
  /** By node. */
  readonly records: ReadonlyMap<string, readonly LinkRecord[]>;
  readonly networks: readonly SegmentNetwork[];
}

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
 * @throws LabError `link-type-unsupported`, `too-many-links`.
 */
export function layOutLinks(
  lab: ResolvedLab,
  identity: LabIdentity,
  kept: ReadonlyMap<string, ReadonlyMap<string, UdpEnd>>,
  ports: UdpPortAllocator,
): Wiring {
  const plugs = new Map<string, Map<number, Plug>>();
  const records = new Map<string, LinkRecord[]>();
  const networks: SegmentNetwork[] = [];
  const plug = (end: Endpoint, value: Plug): void => {
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
    if (linkType(link) === "udp") {
      const pair = udpPair(link, kept, ports);
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
  return { plugs, records, networks };
}

function linkType(link: LabLink): "udp" | "bridge" {
  switch (link.type) {
    case "auto":
    case "udp":
      return "udp";
    case "bridge":
      return "bridge";
    case "wire":
      throw new LabError(
        "link-type-unsupported",
        `the link ${linkKey(endpointText(link.src), endpointText(link.dst))} asks for type "wire", which this version cannot make yet`,
        'Use type = "udp" (passes every frame) or type = "bridge".',
      );
  }
}

function udpPair(
  link: LabLink,
  kept: ReadonlyMap<string, ReadonlyMap<string, UdpEnd>>,
  ports: UdpPortAllocator,
): UdpPair {
  const [src, dst] = [endpointText(link.src), endpointText(link.dst)];
  const ends = kept.get(linkKey(src, dst));
  return { src: ends?.get(src) ?? ports.allocate(), dst: ends?.get(dst) ?? ports.allocate() };
}

/** UDP ends that nodes of the lab have now, by link key and end. */
export function keptUdpEnds(
  nodes: Iterable<{ readonly name: string; readonly links: readonly LinkRecord[] }>,
): ReadonlyMap<string, ReadonlyMap<string, UdpEnd>> {
  const kept = new Map<string, Map<string, UdpEnd>>();
  for (const node of nodes) {
    for (const link of node.links) {
      const [local, remote] = [parseUdpEnd(link.local), parseUdpEnd(link.remote)];
      if (local === undefined || remote === undefined) continue;
      const self = endpointText({ node: node.name, portName: link.portName });
      const key = linkKey(self, link.peer);
      const ends = kept.get(key) ?? new Map<string, UdpEnd>();
      kept.set(key, ends.set(self, local).set(link.peer, remote));
    }
  }
  return kept;
}
