import { allocateAddresses, FIRST_NODE_OFFSET, type Addressee } from "@labscape/topology";
import { LabError } from "../errors.js";
import { formatIpv4, formatSubnet, overlaps, parseSubnet, prefixOfMask, sizeOf, type Subnet } from "./ipv4.js";

/** Where management networks come from when the manifest names none. */
const RANGE = "172.31.0.0/16";

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

/**
 * Addresses of nodes, as the editor shows them before.
 * @throws LabError `subnet-too-small`.
 */
export function nodeAddresses(subnet: Subnet, nodes: readonly Addressee[]): ReadonlyMap<string, string> {
  const addresses = allocateAddresses({ first: subnet.base, last: subnet.base + sizeOf(subnet) - 1 }, nodes);
  const left = nodes.find(({ name }) => !addresses.has(name));
  if (left !== undefined)
    throw new LabError(
      "subnet-too-small",
      `the management network ${formatSubnet(subnet)} has no address left for ${left.name}`,
      "Choose a larger management.ipv4.",
    );
  return new Map([...addresses].map(([name, address]) => [name, formatIpv4(address)]));
}
