/** IPv4 addresses as numbers, and subnets as ranges of them. */

export interface Subnet {
  /** Network address. */
  readonly base: number;
  readonly prefix: number;
}

/** Undefined for text that is not a dotted quad. */
export function parseIpv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const octets = match?.slice(1).map(Number);
  if (octets === undefined || octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");
}

/** Undefined for text that is not CIDR. The address may be any of the subnet. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address, length] = text.split("/");
  const value = parseIpv4(address ?? "");
  const prefix = /^\d{1,2}$/.test(length ?? "") ? Number(length) : NaN;
  if (value === undefined || !(prefix <= 32)) return undefined;
  return { base: networkAddress(value, prefix), prefix };
}

export function formatSubnet(subnet: Subnet): string {
  return `${formatIpv4(subnet.base)}/${subnet.prefix}`;
}

export function overlaps(a: Subnet, b: Subnet): boolean {
  const prefix = Math.min(a.prefix, b.prefix);
  return networkAddress(a.base, prefix) === networkAddress(b.base, prefix);
}

export function contains(subnet: Subnet, address: number): boolean {
  return networkAddress(address, subnet.prefix) === subnet.base;
}

/** Number of addresses, network and broadcast address included. */
export function sizeOf(subnet: Subnet): number {
  return 2 ** (32 - subnet.prefix);
}

function networkAddress(address: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return Math.floor(address / size) * size;
}

/** Prefix length of a dotted netmask. */
export function prefixOfMask(mask: number): number {
  return 32 - Math.round(Math.log2(2 ** 32 - mask));
}
