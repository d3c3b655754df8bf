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
  const value = ipv4Number(text);
  return value === undefined ? undefined : BigInt(value);
}

const DOT = 0x2e;
const ZERO = 0x30;

/** The same as a number. Reads digit by digit, as a lab may have several addresses for each node. */
function ipv4Number(text: string): number | undefined {
  let value = 0;
  let dots = 0;
  let part = 0;
  let digits = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? DOT : text.charCodeAt(at);
    if (code === DOT) {
      if (digits === 0 || part > 255) return undefined;
      value = value * 256 + part;
      if (at < text.length) dots++;
      part = digits = 0;
    } else {
      const digit = code - ZERO;
      const leadingZero = digits > 0 && part === 0;
      if (digit < 0 || digit > 9 || leadingZero || digits === 3) return undefined;
      part = part * 10 + digit;
      digits++;
    }
  }
  return dots === 3 ? value : undefined;
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
  const slash = text.indexOf("/");
  const address = slash < 0 ? undefined : parseIp(text.slice(0, slash));
  if (address === undefined) return undefined;
  const prefix = prefixLength(text.slice(slash + 1), address.family);
  if (prefix === undefined) return undefined;
  const hosts = (1n << BigInt(bits[address.family] - prefix)) - 1n;
  const first = address.value & ~hosts;
  return { ...address, prefix, first, last: first | hosts };
}

/** The family of an address with its prefix length; undefined where the text is none. */
export function cidrFamily(text: string): IpAddress["family"] | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = text.slice(0, slash);
  const family = ipv4Number(address) !== undefined ? 4 : parseIpv6(address) !== undefined ? 6 : undefined;
  return family === undefined || prefixLength(text.slice(slash + 1), family) === undefined ? undefined : family;
}

const bits = { 4: 32, 6: 128 } as const;

function prefixLength(text: string, family: IpAddress["family"]): number | undefined {
  return /^(?:0|[1-9]\d{0,2})$/.test(text) && Number(text) <= bits[family] ? Number(text) : undefined;
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
