import { FormatError, linesOf, only, patterns, type Statement } from "./patterns.js";

/** Keys of init-cfg.txt in the VM-Series deployment guide; the bootstrap stops at one that it does not know. */
const initCfg = patterns(`
  hostname WORD
  type static|dhcp-client
  ip-address IP4
  netmask MASK
  default-gateway IP4
  ipv6-address CIDR6
  dns-primary IP4
  dhcp-send-hostname yes|no
  dhcp-accept-server-hostname yes|no
  dhcp-accept-server-domain yes|no
`);

export function readInitCfg(text: string): readonly Statement[] {
  return only(initCfg, linesOf(text).map(pairOf));
}

/** Keys of systemd.network and systemd.link files, after the name of their section. */
const networkd = patterns(`
  Match MACAddress MAC
  Link Name NAME
  Link MTUBytes MTU
  Network LinkLocalAddressing ipv6
  Network DHCP ipv4
  Network Address CIDR4
  Network Address CIDR6
  Network Gateway IP4
  Network DNS IP4
`);

export function readNetworkd(text: string): readonly Statement[] {
  let section = "";
  const statements = linesOf(text).flatMap((line): Statement[] => {
    const title = /^\[(\w+)\]$/.exec(line)?.[1];
    section = title ?? section;
    return title === undefined ? [[section, ...pairOf(line)]] : [];
  });
  return only(networkd, statements);
}

function pairOf(line: string): Statement {
  const [, key, value] = /^([\w-]+)=(.+)$/u.exec(line) ?? [];
  if (key === undefined || value === undefined) throw new FormatError(`no key and value: ${line}`);
  return [key, value];
}
