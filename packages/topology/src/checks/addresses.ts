import { tableOf, textOf, type Text } from "../model/access.js";
import { cidrFamily, contains, parseCidr, parseIpv4, parseIpv6, parseMac, type IpNetwork } from "../model/address.js";
import { effectiveEntry } from "../model/layers.js";
import { linkSettings, settingOf, settingsOf } from "../model/settings.js";
import type { EndpointDeclaration, NodeDeclaration } from "../model/index.js";
import type { EntryValue, Range } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";

/** IP addresses, hardware addresses and packet sizes, and how they fit together. */
export function checkAddresses(context: CheckContext): void {
  checkManagementAddresses(context, 4);
  checkManagementAddresses(context, 6);
  checkPorts(context);
  checkLinkEnds(context);
}

const parsers = { 4: parseIpv4, 6: parseIpv6 } as const;

function checkManagementAddresses({ manifest, report }: CheckContext, family: 4 | 6): void {
  const network = textOf(settingOf(settingsOf(manifest, "management"), `ipv${family}`)?.value);
  const parsed = network === undefined ? undefined : parseCidr(network.value);
  const first = new Map<bigint, Spot>();
  for (const node of manifest.nodes) {
    const effective = effectiveEntry(node.layers, `ipv${family}_address`);
    const address = textOf(effective?.entry.value);
    const value = address === undefined ? undefined : parsers[family](address.value);
    if (address === undefined || value === undefined) continue;
    const at = effective?.origin.kind === "node" ? address.range : (node.name?.range ?? node.table.nameRange);
    reportTwice(first, value, { range: at }, (related) =>
      report("duplicate-address", at, `Another node has the management address ${address.value} too.`, { related }),
    );
    if (network === undefined || parsed?.family !== family) continue;
    const related = [{ range: network.range, message: "The management network" }];
    // The first address is the host's, and the first and, in IPv4, the last of the network belong to nobody.
    const usable = value > parsed.first + 1n && (family === 6 || value < parsed.last);
    if (!contains(parsed, { family, value }) || !usable)
      report(
        "address-outside-network",
        at,
        `${address.value} is no address for a node in the management network ${network.value}.`,
        { related },
      );
  }
}

/** Where something stands; asked only of what stands twice. */
interface Spot {
  readonly range: Range;
}

function reportTwice<Key>(
  seen: Map<Key, Spot>,
  key: Key,
  spot: Spot,
  report: (related: readonly { range: Range; message: string }[]) => void,
): void {
  const first = seen.get(key);
  if (first === undefined) seen.set(key, spot);
  else if (first.range.start !== spot.range.start) report([{ range: first.range, message: "The first one" }]);
}

function checkPorts({ manifest, report }: CheckContext): void {
  const addresses = new Map<string, Spot>();
  const macs = new Map<string, Spot>();
  for (const node of manifest.nodes)
    for (const settings of ownPorts(node)) {
      for (const key of ["ipv4", "ipv6"]) {
        const text = settings.get(key);
        const address = text === undefined ? undefined : canonicalAddress(text.value);
        if (text === undefined || address === undefined) continue;
        reportTwice(addresses, address, text, (related) =>
          report(
            "duplicate-address",
            text.range,
            `Another port has the address ${text.value.split("/")[0] ?? ""} too.`,
            { related },
          ),
        );
      }
      const mac = settings.get("mac");
      const canonical = mac === undefined ? undefined : parseMac(mac.value)?.canonical;
      if (mac !== undefined && canonical !== undefined)
        reportTwice(macs, canonical, mac, (related) =>
          report("duplicate-mac", mac.range, `Another port has the hardware address ${canonical} too.`, { related }),
        );
    }
}

/** An address with its prefix length as a text that is the same for the same address; undefined where it is none. */
function canonicalAddress(text: string): string | undefined {
  const family = cidrFamily(text);
  // There is one way only to write an IPv4 address.
  if (family === 4) return text.slice(0, text.indexOf("/"));
  return family === undefined ? undefined : String(parseCidr(text)?.value);
}

/** What a node's own rows say of each of its ports; a stronger file's row wins. */
function ownPorts({ interfaces, rows }: NodeDeclaration): Iterable<ReadonlyMap<string, Text>> {
  // Most labs say nothing of their ports.
  if (interfaces.length === 0) return [];
  const ports = new Map<string | number, Map<string, Text>>();
  for (const [index, { origin, entry, ref }] of interfaces.entries()) {
    if (origin.kind !== "node") continue;
    // In one row two names of a port are two entries, each with findings of its own.
    const port = rows.length === 1 ? index : (ref?.name ?? entry.key.text);
    const settings = ports.get(port) ?? new Map<string, Text>();
    ports.set(port, settings);
    for (const [key, { value }] of tableOf(entry.value)?.entries ?? []) {
      const text = textOf(value);
      if (text !== undefined) settings.set(key, text);
    }
  }
  return ports.values();
}

type PortKey = "ipv4" | "ipv6" | "mtu";

/** What `interfaces` says of the port at the end of a cable; the strongest layer wins. */
function portSetting({ declaration, ref }: EndpointDeclaration, key: PortKey): EntryValue | undefined {
  if (ref?.role !== "data") return undefined;
  const row = declaration?.interfaces.findLast(
    (each) => each.ref?.role === "data" && each.ref.index === ref.index && tableOf(each.entry.value)?.entries.has(key),
  );
  return row === undefined ? undefined : tableOf(row.entry.value)?.entries.get(key)?.value;
}

interface LinkNetwork extends IpNetwork {
  readonly link: number;
  readonly text: Text;
}

function checkLinkEnds(context: CheckContext): void {
  const networks: LinkNetwork[] = [];
  for (const { src, dst, rows, index } of context.manifest.links) {
    if (src === undefined || dst === undefined) continue;
    // Most labs say nothing of their ports, and looking costs time at every link.
    const silent = src.declaration?.interfaces.length === 0 && dst.declaration?.interfaces.length === 0;
    if (silent) continue;
    for (const key of ["ipv4", "ipv6"] as const) {
      const pair = [src, dst].flatMap((end): LinkNetwork[] => {
        const text = textOf(portSetting(end, key));
        const network = text === undefined ? undefined : parseCidr(text.value);
        return text === undefined || network === undefined ? [] : [{ ...network, text, link: index }];
      });
      checkSameNetwork(pair, context);
      networks.push(...pair);
    }
    const mtu = settingOf(linkSettings({ rows }), "mtu")?.value;
    checkSameMtu([mtu, portSetting(src, "mtu"), portSetting(dst, "mtu")], context);
  }
  checkOverlap(networks, context);
}

function checkSameNetwork([one, other]: readonly LinkNetwork[], { report }: CheckContext): void {
  if (one === undefined || other === undefined) return;
  // Link-local addresses are in one network always.
  if (one.family === other.family && one.first === other.first && one.prefix === other.prefix) return;
  report(
    "link-subnet-mismatch",
    other.text.range,
    `The ends of this link are in different networks: ${one.text.value} and ${other.text.value}.`,
    {
      related: [{ range: one.text.range, message: "The other end" }],
    },
  );
}

function checkSameMtu(values: readonly (EntryValue | undefined)[], { report }: CheckContext): void {
  const given = values.flatMap((value) => (value?.kind === "integer" ? [value] : []));
  const [first] = given;
  const other = given.find((value) => value.value !== first?.value);
  if (first === undefined || other === undefined) return;
  report(
    "mtu-mismatch",
    other.range,
    `The MTU is ${String(other.value)} here and ${String(first.value)} at the same link. Larger packets get lost.`,
    {
      related: [{ range: first.range, message: "The other one" }],
    },
  );
}

/** Sorted by their start, an overlap is always with a network that reached furthest before. */
function checkOverlap(networks: readonly LinkNetwork[], { report }: CheckContext): void {
  const sorted = [...networks].sort(
    (a, b) => a.family - b.family || (a.first < b.first ? -1 : a.first > b.first ? 1 : a.link - b.link),
  );
  let furthest: LinkNetwork | undefined;
  for (const network of sorted) {
    const overlaps =
      furthest?.family === network.family && furthest.last >= network.first && furthest.link !== network.link;
    // fe80::/10 is every link's own network (RFC 4291).
    if (furthest !== undefined && overlaps && !isLinkLocal(network))
      report(
        "subnet-overlap",
        network.text.range,
        `${network.text.value} overlaps ${furthest.text.value} of another link.`,
        {
          related: [{ range: furthest.text.range, message: "The other link" }],
        },
      );
    if (furthest?.family !== network.family || network.last > furthest.last) furthest = network;
  }
}

function isLinkLocal({ family, value }: IpNetwork): boolean {
  return family === 6 && value >> 118n === 0xfe80n >> 6n;
}
