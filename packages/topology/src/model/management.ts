import { formatIpv4, parseCidr, parseIpv4 } from "./address.js";
import type { ResolvedLab } from "./lab.js";

/** Offset of the first node in its network: the addresses before are the gateway's and the user's own. */
export const FIRST_NODE_OFFSET = 10;

/** A node that needs an address; `fixed` where it has one already. Addresses are numbers. */
export interface Addressee {
  readonly name: string;
  /** Position in the manifest, counted from 0. */
  readonly index: number;
  readonly fixed: number | undefined;
}

/**
 * Addresses of nodes in a management network: those that are fixed, then offset 10 + index, or the next free one where that
 * is taken. A deploy gives them out so, and the editor shows them before. Nodes for which nothing is left are absent.
 *
 * @param first the network's own address. @param last its broadcast address.
 */
export function allocateAddresses(
  { first, last }: { readonly first: number; readonly last: number },
  nodes: readonly Addressee[],
): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  for (const { name, fixed } of nodes) if (fixed !== undefined) result.set(name, fixed);
  const taken = new Set(result.values());
  for (const { name, index, fixed } of nodes) {
    if (fixed !== undefined) continue;
    const address = freeAddress(first + FIRST_NODE_OFFSET + index, first + 2, last, taken);
    if (address === undefined) continue;
    taken.add(address);
    result.set(name, address);
  }
  return result;
}

/** The first address from `wanted` on that nobody has, round the end of the network once. */
function freeAddress(wanted: number, lowest: number, end: number, taken: ReadonlySet<number>): number | undefined {
  const count = end - lowest;
  const start = wanted < end ? wanted - lowest : 0;
  for (let step = 0; step < count; step++) {
    const address = lowest + ((start + step) % count);
    if (!taken.has(address)) return address;
  }
  return undefined;
}

/** Where the manifest says which network it is, the addresses that its nodes get at their first deploy. */
export function plannedAddresses({ management, nodes }: ResolvedLab): ReadonlyMap<string, string> {
  const network = parseCidr(management.ipv4 ?? "");
  if (network?.family !== 4 || management.mode === "user" || management.mode === "none") return new Map();
  const managed = nodes.map(({ name, index, ipv4Address }) => {
    const fixed = parseIpv4(ipv4Address ?? "");
    return { name, index, fixed: fixed === undefined ? undefined : Number(fixed) };
  });
  const addresses = allocateAddresses({ first: Number(network.first), last: Number(network.last) }, managed);
  const withPort = new Set(nodes.flatMap(({ name, model }) => (model.ports.management === undefined ? [] : [name])));
  return new Map(
    [...addresses].flatMap(([name, address]) => (withPort.has(name) ? [[name, formatIpv4(BigInt(address))]] : [])),
  );
}
