import type { Analysis } from "../analysis.js";
import { textOf } from "../model/access.js";
import { formatIpv4, parseCidr, parseIpv4, type IpNetwork } from "../model/address.js";
import { effectiveEntry } from "../model/layers.js";
import { FIRST_NODE_OFFSET } from "../model/management.js";
import { settingOf, settingsOf } from "../model/settings.js";
import type { NodeDeclaration } from "../model/index.js";
import type { Path } from "../syntax/index.js";
import { item, type ValueContext } from "./items.js";
import { nodeAt } from "./node-at.js";
import type { Completion } from "./shapes.js";

/** The next free address of the management network, where the manifest says which one it is. */
export function completeManagementAddress({ analysis, slot }: ValueContext): readonly Completion[] {
  const ipv4 = settingOf(settingsOf(analysis.manifest, "management"), "ipv4")?.value;
  const network = parseCidr(textOf(ipv4)?.value ?? "");
  if (network?.family !== 4) return [];
  const taken = new Set(
    analysis.manifest.nodes.flatMap(({ layers }) => {
      const text = textOf(effectiveEntry(layers, "ipv4_address")?.entry.value);
      return parseIpv4(text?.value ?? "") ?? [];
    }),
  );
  // The first address is the host's; deploys give out addresses from the tenth on.
  const free =
    nextFree(network, network.first + BigInt(FIRST_NODE_OFFSET), taken) ?? nextFree(network, network.first + 2n, taken);
  return free === undefined ? [] : [item(slot, "value", formatIpv4(free), { detail: "next free" })];
}

/** An address in the network of the port at the other end of the cable. */
export function completePortAddress({ analysis, cursor, slot }: ValueContext): readonly Completion[] {
  const network = peerNetwork(analysis, cursor.path, cursor.range.start);
  if (network?.family !== 4) return [];
  const free = nextFree(network, network.first + (network.prefix < 31 ? 1n : 0n), portAddresses(analysis));
  if (free === undefined) return [];
  return [item(slot, "value", `${formatIpv4(free)}/${network.prefix}`, { detail: "of the other end's network" })];
}

function nextFree(network: IpNetwork, from: bigint, taken: ReadonlySet<bigint>): bigint | undefined {
  // A network of two addresses (RFC 3021) has no broadcast address.
  const last = network.prefix < 31 ? network.last - 1n : network.last;
  let address = from;
  while (address <= last && taken.has(address)) address++;
  return address <= last ? address : undefined;
}

/** Addresses of all ports of the lab. */
function portAddresses({ lab }: Analysis): ReadonlySet<bigint> {
  const all = lab.nodes.flatMap(({ ports }) => ports.flatMap(({ ipv4 }) => ipv4 ?? []));
  return new Set(all.flatMap((text) => parseCidr(text)?.value ?? []));
}

/** What `interfaces` says of the far end of the cable at the port whose address is being written. */
function peerNetwork(analysis: Analysis, path: Path, offset: number): IpNetwork | undefined {
  const [, , key, port] = path;
  const node = nodeAt(analysis, path, offset);
  if (node === undefined || key !== "interfaces" || typeof port !== "string") return undefined;
  const index = portIndex(node, port);
  const name = node.name?.value;
  if (index === undefined || name === undefined) return undefined;
  for (const { src, dst } of analysis.lab.links) {
    const far =
      src.node === name && src.port === index ? dst : dst.node === name && dst.port === index ? src : undefined;
    const ipv4 = analysis.lab.nodes.find((each) => each.name === far?.node)?.ports[far?.port ?? -1]?.ipv4;
    if (ipv4 !== undefined) return parseCidr(ipv4);
  }
  return undefined;
}

function portIndex({ interfaces }: NodeDeclaration, port: string): number | undefined {
  const ref = interfaces.find(({ origin, entry }) => origin.kind === "node" && entry.key.text === port)?.ref;
  return ref?.role === "data" ? ref.index : undefined;
}
