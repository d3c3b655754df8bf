import type { ResolvedLab } from "@labscape/topology";
import type { ManagementNic } from "../contracts.js";
import { LabError } from "../errors.js";
import { bridgeDeviceName, networkName, resourceUuid, type LabIdentity } from "../identity/index.js";
import { contains, formatIpv4, parseIpv4, parseSubnet, sizeOf, type Subnet } from "./ipv4.js";
import { formatIpv6, parseIpv6, parseIpv6Subnet } from "./ipv6.js";
import { checkSubnetFree, chooseSubnet, nodeAddresses } from "./subnet.js";

/** How the nodes of a lab are reached. */
export type ManagementLayout = ManagementNetwork | UserNetworking | { readonly kind: "none" };

export interface ManagementNetwork {
  readonly kind: "network";
  readonly mode: "nat" | "isolated";
  readonly uuid: string;
  readonly name: string;
  readonly device: string;
  readonly subnet: Subnet;
  readonly gateway: string;
  readonly ipv6: { readonly base: bigint; readonly prefix: number } | undefined;
  readonly domain: string;
  readonly dns: Readonly<Record<string, string>>;
  /** By node. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly ipv6Addresses: ReadonlyMap<string, string>;
}

/** QEMU's own networking: each node alone behind its QEMU, with ssh forwarded to a port of the hypervisor's loopback. */
export interface UserNetworking {
  readonly kind: "user";
  /** By node. */
  readonly sshPorts: ReadonlyMap<string, number>;
}

/** What is known of the host and of what the lab has already. */
export interface ManagementFacts {
  readonly mode: "system" | "session";
  readonly taken: readonly { readonly subnet: Subnet; readonly by: string }[];
  /** Subnet of the management network that the lab has now. */
  readonly keptSubnet: Subnet | undefined;
  /** Addresses and forwarded ports of the nodes that exist. */
  readonly keptAddresses: ReadonlyMap<string, string>;
  readonly keptPorts: ReadonlyMap<string, number>;
  /** TCP ports of the hypervisor's loopback that are free. As many as there are nodes without one. */
  readonly freePorts: readonly number[];
}

/**
 * Chooses network and addresses; what the lab has already stays wherever the manifest allows it.
 * @throws LabError `management-needs-system`, `subnet-taken`, `no-free-subnet`, `subnet-too-small`.
 */
export function layOutManagement(lab: ResolvedLab, identity: LabIdentity, facts: ManagementFacts): ManagementLayout {
  const { management } = lab;
  const mode = management.mode === "auto" ? (facts.mode === "system" ? "nat" : "user") : management.mode;
  switch (mode) {
    case "none":
      return { kind: "none" };
    case "user":
      return { kind: "user", sshPorts: forwardedPorts(lab, facts) };
    case "nat":
    case "isolated":
      if (facts.mode === "session") {
        throw new LabError(
          "management-needs-system",
          `management.mode = "${mode}" needs a network, which a session connection cannot create`,
          'Use management = { mode = "user" }, or connect to qemu:///system.',
        );
      }
      return managementNetwork(lab, identity, mode, facts);
  }
}

function managementNetwork(
  lab: ResolvedLab,
  identity: LabIdentity,
  mode: "nat" | "isolated",
  facts: ManagementFacts,
): ManagementNetwork {
  const { management, nodes } = lab;
  const wanted = management.ipv4 === undefined ? undefined : parseSubnet(management.ipv4);
  if (wanted !== undefined) checkSubnetFree(wanted, facts.taken);
  const subnet =
    wanted ??
    facts.keptSubnet ??
    chooseSubnet(
      nodes.length,
      facts.taken.map((entry) => entry.subnet),
    );
  const gateway = formatIpv4(subnet.base + 1);
  const reserved = new Set<string>([gateway, ...nodes.flatMap((node) => node.ipv4Address ?? [])]);
  const addresses = nodeAddresses(
    subnet,
    nodes.map((node) => {
      const kept = facts.keptAddresses.get(node.name);
      const keeps = kept !== undefined && !reserved.has(kept) && contains(subnet, parseIpv4(kept) ?? -1);
      return { name: node.name, index: node.index, fixed: parseIpv4(node.ipv4Address ?? (keeps ? kept : "")) };
    }),
  );
  const ipv6 = management.ipv6 === undefined ? undefined : parseIpv6Subnet(management.ipv6);
  return {
    kind: "network",
    mode,
    uuid: resourceUuid(identity, "network/management"),
    name: networkName(identity.lab, "management"),
    device: bridgeDeviceName(identity, "management"),
    subnet,
    gateway,
    ipv6,
    domain: management.domain,
    dns: management.dns,
    addresses,
    ipv6Addresses: ipv6 === undefined ? new Map() : ipv6NodeAddresses(lab, ipv6, subnet, addresses),
  };
}

/**
 * Those that are fixed; else the place that a node's IPv4 address has in its network, which stays when other nodes come and go,
 * or, where that is somebody's, one beyond all such places.
 * @throws LabError `subnet-too-small`.
 */
function ipv6NodeAddresses(
  { nodes }: ResolvedLab,
  { base, prefix }: NonNullable<ManagementNetwork["ipv6"]>,
  subnet: Subnet,
  ipv4: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const fixed = new Map(nodes.map(({ name, ipv6Address }) => [name, parseIpv6(ipv6Address ?? "")]));
  const taken = new Set(fixed.values());
  const last = base + (1n << BigInt(128 - prefix)) - 1n;
  return new Map(
    nodes.map(({ name }) => {
      let address = fixed.get(name);
      if (address === undefined) {
        address = base + BigInt((parseIpv4(ipv4.get(name) ?? "") ?? subnet.base) - subnet.base);
        while (taken.has(address)) address += BigInt(sizeOf(subnet));
      }
      if (address > last)
        throw new LabError(
          "subnet-too-small",
          `the management network ${formatIpv6(base)}/${prefix} has no address left for ${name}`,
          "Choose a larger management.ipv6, for instance a /64.",
        );
      return [name, formatIpv6(address)];
    }),
  );
}

function forwardedPorts(lab: ResolvedLab, facts: ManagementFacts): ReadonlyMap<string, number> {
  const free = [...facts.freePorts];
  return new Map(
    lab.nodes
      .filter((node) => node.model.ports.management !== undefined)
      .map((node) => {
        const port = facts.keptPorts.get(node.name) ?? free.shift();
        if (port === undefined) throw new Error(`no port was offered for the ssh forward of ${node.name}`);
        return [node.name, port];
      }),
  );
}

/** The management NIC as the node's first-boot data describes it; undefined where there is nothing to configure. */
export function managementNic(layout: ManagementLayout, node: string, mac: string): ManagementNic | undefined {
  switch (layout.kind) {
    case "none":
      return undefined;
    case "user":
      return { mac, mode: "dhcp", dns: [] };
    case "network": {
      const address = layout.addresses.get(node);
      const ipv6 = layout.ipv6Addresses.get(node);
      if (address === undefined) return undefined;
      return {
        mac,
        mode: "static",
        ipv4: `${address}/${layout.subnet.prefix}`,
        ...(ipv6 === undefined || layout.ipv6 === undefined ? {} : { ipv6: `${ipv6}/${layout.ipv6.prefix}` }),
        ...(layout.mode === "nat" ? { gateway: layout.gateway } : {}),
        dns: [layout.gateway],
      };
    }
  }
}
