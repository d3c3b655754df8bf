import { readFile } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { LibvirtError } from "node-libvirt";
import { parseSubnet, subnetsOfRoutes, type Subnet } from "../management/index.js";
import { attributeOf, childrenOf, parseXml } from "../xml.js";
import type { Host } from "./host.js";

export interface TakenSubnet {
  readonly subnet: Subnet;
  /** What uses it, for messages. */
  readonly by: string;
}

/** Subnets that the host's own interfaces and routes use. Networks of libvirt are not among them where these are stopped. */
export async function hostSubnets(host: Host): Promise<readonly TakenSubnet[]> {
  return host.local ? localSubnets() : remoteSubnets(host);
}

async function localSubnets(): Promise<readonly TakenSubnet[]> {
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).flatMap(({ cidr, family }) => {
      const subnet = family === "IPv4" && cidr !== null ? parseSubnet(cidr) : undefined;
      return subnet === undefined ? [] : [{ subnet, by: `interface ${name}` }];
    }),
  );
  return [...interfaces, ...(await routes())];
}

async function routes(): Promise<readonly TakenSubnet[]> {
  let table: string;
  try {
    table = await readFile("/proc/net/route", "utf8");
  } catch {
    return []; // Not Linux: the interfaces are what can be known.
  }
  return subnetsOfRoutes(table).map((subnet) => ({ subnet, by: "a route of the host" }));
}

/** By libvirt's interface driver, which not every host has. */
async function remoteSubnets({ connection }: Host): Promise<readonly TakenSubnet[]> {
  try {
    const interfaces = await connection.listAllInterfaces();
    const definitions = await Promise.all(interfaces.map((iface) => connection.interfaceGetXmlDesc(iface)));
    return definitions.flatMap((definition, index) =>
      childrenOf(parseXml(definition, "interface"), "protocol").flatMap((protocol) =>
        childrenOf(protocol, "ip").flatMap((ip) => {
          const subnet = parseSubnet(`${attributeOf(ip, "address") ?? ""}/${attributeOf(ip, "prefix") ?? ""}`);
          return subnet === undefined ? [] : [{ subnet, by: `interface ${interfaces[index]?.name ?? ""}` }];
        }),
      ),
    );
  } catch (error) {
    if (error instanceof LibvirtError) return [];
    throw error;
  }
}
