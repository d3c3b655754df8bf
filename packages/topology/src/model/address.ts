/** IP and hardware addresses in texts. Numbers are bigints, as an IPv6 address needs 128 bits. */

export interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

export interface IpNetwork extends IpAddress {
  readonly prefix: number;
  /** First and last address. */
  readonly first: bigint;
  readonly last: bigint;
}

/** Dotted decimal, four parts without leading zeros (inet_aton's other forms are refused, as they mean different things to different tools). */
export function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return value;
}

export function formatIpv4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join(".");
}

/** RFC 4291 section 2.2: groups of hexadecimal digits, one `::`, an IPv4 address at the end. No zone. */
export function parseIpv6(text: string): bigint | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const groups = halves.map(readGroups);
  const [head, tail] = groups;
  if (head === undefined) return undefined;
  if (groups.length === 1) return head.length === 8 ? joinGroups(head) : undefined;
  if (tail === undefined || head.length + tail.length > 7) return undefined;
  const zeros = Array.from({ length: 8 - head.length - tail.length }, () => 0n);
  return joinGroups([...head, ...zeros, ...tail]);
}

function readGroups(half: string): readonly bigint[] | undefined {
  if (half === "") return [];
  const parts = half.split(":");
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    const ipv4 = index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function joinGroups(groups: readonly bigint[]): bigint {
  return groups.reduce((value, group) => (value << 16n) | group, 0n);
}

export function parseIp(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { family: 4, value: ipv4 };
  const ipv6 = parseIpv6(text);
  return ipv6 === undefined ? undefined : { family: 6, value: ipv6 };
}

/** An address with its prefix length; `value` keeps the address, `first` and `last` bound its network. */
export function parseCidr(text: string): IpNetwork | undefined {
  const match = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text);
  const address = match?.[1] === undefined ? undefined : parseIp(match[1]);
  if (address === undefined) return undefined;
  const prefix = Number(match?.[2]);
  const bits = address.family === 4 ? 32 : 128;
  if (prefix > bits) return undefined;
  const hosts = (1n << BigInt(bits - prefix)) - 1n;
  const first = address.value & ~hosts;
  return { ...address, prefix, first, last: first | hosts };
}

export function contains(network: IpNetwork, address: IpAddress): boolean {
  return network.family === address.family && network.first <= address.value && address.value <= network.last;
}

/** Six pairs of hexadecimal digits, apart by `:` or `-`. */
export function parseMac(text: string): { readonly canonical: string; readonly multicast: boolean } | undefined {
  if (!/^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/.test(text.replaceAll("-", ":"))) return undefined;
  const canonical = text.replaceAll("-", ":").toLowerCase();
  return { canonical, multicast: (Number.parseInt(canonical.slice(0, 2), 16) & 1) === 1 };
}
