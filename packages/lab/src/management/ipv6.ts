import { isIPv6 } from "node:net";

/** An address as a number; undefined for text that is not one. Zones ("%eth0") are no part of a lab's addresses. */
export function parseIpv6(text: string): bigint | undefined {
  if (!isIPv6(text) || text.includes("%")) return undefined;
  const [head = "", tail] = withoutDottedQuad(text).split("::");
  const left = groups(head);
  const right = groups(tail ?? "");
  const zeros = tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...zeros, ...right].reduce((value, group) => (value << 16n) + BigInt(`0x${group}`), 0n);
}

/** Eight groups, the longest run of zeros shortened (RFC 5952). */
export function formatIpv6(address: bigint): string {
  const hextets = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const runs = hextets.map((_, start) => {
    const end = hextets.findIndex((hextet, i) => i >= start && hextet !== "0");
    return (end === -1 ? 8 : end) - start;
  });
  const longest = Math.max(...runs);
  if (longest < 2) return hextets.join(":");
  const start = runs.indexOf(longest);
  return `${hextets.slice(0, start).join(":")}::${hextets.slice(start + longest).join(":")}`;
}

/** An IPv6 network and its length; undefined for text that is not CIDR. */
export function parseIpv6Subnet(text: string): { readonly base: bigint; readonly prefix: number } | undefined {
  const [address = "", length = ""] = text.split("/");
  const value = parseIpv6(address);
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  if (value === undefined || !(prefix <= 128)) return undefined;
  const host = BigInt(128 - prefix);
  return { base: (value >> host) << host, prefix };
}

function groups(text: string): readonly string[] {
  return text === "" ? [] : text.split(":");
}

function withoutDottedQuad(text: string): string {
  const match = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  if (match === null) return text;
  const [, head = "", ...octets] = match;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return `${head}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}
