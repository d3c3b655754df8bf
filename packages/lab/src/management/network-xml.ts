import { formatIpv6 } from "./ipv6.js";
import type { XmlElement } from "../xml.js";
import type { ManagementNetwork } from "./layout.js";

/** A node's entry in the network's DHCP and DNS. */
export interface NetworkHost {
  readonly node: string;
  readonly mac: string;
  readonly address: string;
}

/** The `<network>` of a management network without its metadata. */
export function managementNetworkXml(network: ManagementNetwork, hosts: readonly NetworkHost[]): XmlElement {
  const { subnet, ipv6 } = network;
  const records = [
    ...hosts.map(dnsHostXml),
    ...Object.entries(network.dns).map(([name, address]) => dnsRecord(address, name)),
  ];
  return {
    name: network.name,
    uuid: network.uuid,
    ...(network.mode === "nat" ? { forward: { "@mode": "nat" } } : {}),
    bridge: { "@name": network.device, "@stp": "off", "@delay": "0" },
    domain: { "@name": network.domain, "@localOnly": "yes" },
    dns: { host: records },
    ip: [
      {
        "@family": "ipv4",
        "@address": network.gateway,
        "@prefix": subnet.prefix,
        dhcp: { host: hosts.map(dhcpHostXml) },
      },
      ...(ipv6 === undefined
        ? []
        : [{ "@family": "ipv6", "@address": formatIpv6(ipv6.base + 1n), "@prefix": ipv6.prefix }]),
    ],
  };
}

export function dhcpHostXml(host: NetworkHost): XmlElement {
  return { "@mac": host.mac, "@name": host.node, "@ip": host.address };
}

export function dnsHostXml(host: NetworkHost): XmlElement {
  return dnsRecord(host.address, host.node);
}

function dnsRecord(address: string, name: string): XmlElement {
  return { "@ip": address, hostname: [{ "#text": name }] };
}
