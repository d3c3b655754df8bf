import { LabError } from "../errors.js";
import { formatIpv4, formatSubnet, overlaps, parseSubnet, prefixOfMask, sizeOf, type Subnet } from "./ipv4.js";

/** Where management networks come from when the manifest names none. */
const RANGE = "172.31.0.0/16";
/** Offset of the first node in its network: the addresses before are the gateway's and the user's own. */
export const FIRST_NODE_OFFSET = 10;

/**
 * The first subnet of 172.31.0.0/16 that nothing on the host overlaps, a /24 or what so many nodes need.
 *
 * @param taken subnets of the host's interfaces, routes and libvirt networks.
 * @throws LabError `no-free-subnet`.
 */
export function chooseSubnet(nodes: number, taken: readonly Subnet[]): Subnet {
  const needed = nodes + FIRST_NODE_OFFSET + 1;
  const prefix = Math.min(24, 32 - Math.ceil(Math.log2(needed + 1)));
  const range = parseSubnet(RANGE);
  if (range !== undefined && prefix >= range.prefix) {
    const step = sizeOf({ base: 0, prefix });
    for (let base = range.base; base < range.base + sizeOf(range); base += step) {
      const candidate = { base, prefix };
      if (!taken.some((subnet) => overlaps(subnet, candidate))) return candidate;
    }
  }
  throw new LabError(
    "no-free-subnet",
    `no /${prefix} network of ${RANGE} is free on the host for the management network`,
    'Choose one in the manifest, for instance: management = { ipv4 = "10.99.0.0/24" }',
  );
}

/** Subnets of a Linux routing table (`/proc/net/route`); the default route is none. */
export function subnetsOfRoutes(table: string): readonly Subnet[] {
  return table
    .split("\n")
    .slice(1)
    .flatMap((line) => {
      const [, destination, , , , , , mask] = line.trim().split(/\s+/);
      const [base, bits] = [swapped(destination), swapped(mask)];
      return base === undefined || bits === undefined || bits === 0 ? [] : [{ base, prefix: prefixOfMask(bits) }];
    });
}

/** The kernel prints addresses as hexadecimal numbers in the byte order of the machine; ours are little-endian. */
function swapped(hex: string | undefined): number | undefined {
  return /^[0-9A-F]{8}$/i.test(hex ?? "") ? Buffer.from(hex ?? "", "hex").readUInt32LE(0) : undefined;
}

/** @throws LabError `subnet-taken` that names what takes it. */
export function checkSubnetFree(
  wanted: Subnet,
  taken: readonly { readonly subnet: Subnet; readonly by: string }[],
): void {
  const other = taken.find(({ subnet }) => overlaps(subnet, wanted));
  if (other === undefined) return;
  throw new LabError(
    "subnet-taken",
    `the management network ${formatSubnet(wanted)} overlaps ${formatSubnet(other.subnet)} of ${other.by}`,
    "Choose another management.ipv4, or leave it out: a free one is then found.",
  );
}

/** Addresses of nodes: those fixed or kept, then offset 10 + index, or the next free one where that is taken. */
export function nodeAddresses(
  subnet: Subnet,
  nodes: readonly { readonly name: string; readonly index: number; readonly fixed: number | undefined }[],
): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  const taken = new Set<number>();
  for (const node of nodes) {
    if (node.fixed === undefined) continue;
    taken.add(node.fixed);
    result.set(node.name, formatIpv4(node.fixed));
  }
  const last = subnet.base + sizeOf(subnet) - 2;
  for (const node of nodes) {
    if (node.fixed !== undefined) continue;
    let address = subnet.base + FIRST_NODE_OFFSET + node.index;
    if (address > last) address = subnet.base + 2;
    const start = address;
    while (taken.has(address)) {
      address = address >= last ? subnet.base + 2 : address + 1;
      if (address === start) {
        throw new LabError(
          "subnet-too-small",
          `the management network ${formatSubnet(subnet)} has no address left for ${node.name}`,
          "Choose a larger management.ipv4.",
        );
      }
    }
    taken.add(address);
    result.set(node.name, formatIpv4(address));
  }
  return result;
}
