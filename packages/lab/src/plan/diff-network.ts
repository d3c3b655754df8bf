import type { DesiredNetwork } from "../desire/index.js";
import { dhcpHostXml, dnsHostXml } from "../management/index.js";
import { hostText, type ObservedNetwork } from "../observe/index.js";
import { toXml } from "../xml.js";
import type { HostEntry, Operation, PlannedStep } from "./operations.js";
import { ids, planned } from "./planned.js";

/** @param stopped steps after which no node uses a network that is replaced. */
export function planNetwork(
  network: DesiredNetwork,
  known: ObservedNetwork | undefined,
  stopped: readonly string[],
): readonly PlannedStep[] {
  const resource = network.role === "link" ? "link" : "network";
  const { uuid, xml, label } = network;
  if (known === undefined)
    return [planned("create", resource, label, "new", { kind: "create-network", uuid, xml }, [])];
  if (known.metadata.hash !== network.hash) {
    const operation: Operation = { kind: "replace-network", uuid, xml };
    return [planned("replace", resource, label, replacement(network, known), operation, stopped)];
  }
  const start = known.active
    ? []
    : [planned("start", resource, label, "stopped", { kind: "create-network", uuid, xml }, [])];
  const wanted = new Map(network.hosts.map((host) => [hostText(host), host]));
  const add = [...wanted].filter(([text]) => !known.hosts.includes(text)).map(([, host]) => hostEntry(host));
  const remove = known.hosts.flatMap((text) => {
    const [mac = "", node = "", address = ""] = text.split("|");
    return wanted.has(text) ? [] : [hostEntry({ mac, node, address })];
  });
  if (add.length + remove.length === 0) return start;
  const operation: Operation = { kind: "update-network-hosts", uuid, add, remove };
  return [...start, planned("update", resource, label, "addresses of nodes", operation, ids(start))];
}

/** Why a network must be made anew: of all that can change, people change its MTU. */
function replacement(network: DesiredNetwork, known: ObservedNetwork): string {
  if (known.mtu === network.mtu) return "definition changed";
  return `MTU ${known.mtu ?? 1500} -> ${network.mtu ?? 1500}, which libvirt cannot change in a network that runs`;
}

function hostEntry(host: { readonly node: string; readonly mac: string; readonly address: string }): HostEntry {
  return { dhcp: toXml("host", dhcpHostXml(host)), dns: toXml("host", dnsHostXml(host)) };
}

export function removeNetwork(network: ObservedNetwork, after: readonly string[], reason: string): PlannedStep {
  const { role, name } = network.metadata;
  const resource = role === "link" ? "link" : "network";
  const label = role === "management" ? role : name;
  return planned("remove", resource, label, reason, { kind: "remove-network", uuid: network.uuid }, after);
}
