import type { LabNode, ResolvedLab } from "@labscape/topology";
import type { PortPeer } from "../contracts.js";

/** What the cables at a node mean for its first-boot data, by the index of its data ports. */
export interface NodeCables {
  readonly peers: ReadonlyMap<number, PortPeer>;
  /** Of cables and bridges that set one. */
  readonly mtus: ReadonlyMap<number, number>;
}

/** By node; those without any cable are left out. */
export function cablesOf(lab: ResolvedLab): ReadonlyMap<string, NodeCables> {
  const nodes = new Map(lab.nodes.map((node) => [node.name, node]));
  const cables = new Map<string, { peers: Map<number, PortPeer>; mtus: Map<number, number> }>();
  const of = (name: string) => {
    const known = cables.get(name) ?? { peers: new Map<number, PortPeer>(), mtus: new Map<number, number>() };
    cables.set(name, known);
    return known;
  };
  for (const { src, dst, mtu } of lab.links) {
    for (const [near, far] of [
      [src, dst],
      [dst, src],
    ] as const) {
      const port = nodes.get(far.node)?.ports[far.port];
      const ipv4 = port?.ipv4 === undefined ? {} : { ipv4: port.ipv4 };
      const ipv6 = port?.ipv6 === undefined ? {} : { ipv6: port.ipv6 };
      of(near.node).peers.set(near.port, { node: far.node, port: far.portName, ...ipv4, ...ipv6 });
      if (mtu !== undefined) of(near.node).mtus.set(near.port, mtu);
    }
  }
  for (const { endpoints, mtu } of lab.bridges) {
    if (mtu !== undefined) for (const end of endpoints) of(end.node).mtus.set(end.port, mtu);
  }
  return cables;
}

/** A cable's MTU holds for both of its ports, where these set none themselves. */
export function withLinkMtus(node: LabNode, cables: ReadonlyMap<string, NodeCables>): LabNode {
  const mtus = cables.get(node.name)?.mtus;
  if (mtus === undefined || mtus.size === 0) return node;
  const ports = node.ports.map((port) => {
    const mtu = port.mtu ?? mtus.get(port.index);
    return mtu === undefined ? port : { ...port, mtu };
  });
  return { ...node, ports };
}
