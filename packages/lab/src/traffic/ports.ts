import { labKey, nicPosition, type ResourceMetadata } from "../identity/index.js";
import { endpointText, INTERNAL } from "../links/index.js";
import { ratesBetween, type Sample } from "./counters.js";
import type { LabTraffic, PortRates } from "./traffic.js";

/** A domain of a lab. */
export interface CountedDomain {
  readonly uuid: string;
  readonly metadata: ResourceMetadata;
}

/** Whether a domain has cables that libvirt counts: those with a device on the hypervisor. */
export function isCounted({ metadata }: CountedDomain): boolean {
  return metadata.links.some(isCountedLink);
}

function isCountedLink({ port, type }: ResourceMetadata["links"][number]): boolean {
  return port !== INTERNAL && type !== "udp";
}

/** What passed the cables of labs between two readings. */
export function trafficBetween(
  before: Sample,
  after: Sample,
  domains: readonly CountedDomain[],
): readonly LabTraffic[] {
  const labs = new Map<string, { name: string; owner: string; links: Map<string, PortRates> }>();
  for (const { uuid, metadata } of domains) {
    const { owner, lab: name } = metadata;
    const key = labKey(owner, name);
    const lab = labs.get(key) ?? { name, owner, links: new Map<string, PortRates>() };
    labs.set(key, lab);
    const nics = after.domains.get(uuid)?.nics;
    if (nics === undefined) continue;
    for (const link of metadata.links) {
      if (!isCountedLink(link) || link.state === "down") continue;
      const rates = ratesBetween(before, after, uuid, nicPosition(metadata, link.port, nics));
      if (rates === undefined) continue;
      const end = endpointText({ node: metadata.name, portName: link.portName });
      if (link.source) lab.links.set(end, rates);
      // What one end receives the other has sent; where both count, the source's own count is told.
      else if (!lab.links.has(link.peer)) lab.links.set(link.peer, { rx: rates.tx, tx: rates.rx });
    }
  }
  return [...labs.values()];
}
