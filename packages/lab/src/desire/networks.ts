import { createHash } from "node:crypto";
import { metadataElement, type LabIdentity, type ResourceMetadata } from "../identity/index.js";
import type { SegmentNetwork } from "../links/index.js";
import { formatSubnet, managementNetworkXml, type ManagementNetwork, type NetworkHost } from "../management/index.js";
import { toXml, type XmlElement } from "../xml.js";

export interface DesiredNetwork {
  readonly uuid: string;
  readonly name: string;
  readonly role: "management" | "bridge" | "link";
  /** What a person calls it: "management", the bridge's name or the link's ends. */
  readonly label: string;
  readonly xml: string;
  /** Of all but the hosts, which can be changed while it runs. */
  readonly hash: string;
  readonly mtu: number | undefined;
  /** Entries in its DHCP and DNS. */
  readonly hosts: readonly NetworkHost[];
}

export function desiredManagementNetwork(
  identity: LabIdentity,
  manifest: string,
  network: ManagementNetwork,
  hosts: readonly NetworkHost[],
): DesiredNetwork {
  const { uuid, name } = network;
  const hash = hashOf(managementNetworkXml(network, []));
  const metadata = networkMetadata(identity, manifest, "management", "", hash, formatSubnet(network.subnet));
  const xml = toXml("network", { ...managementNetworkXml(network, hosts), metadata: metadataElement(metadata) });
  return { uuid, name, role: "management", label: "management", xml, hash, mtu: undefined, hosts };
}

/** A network without address, DHCP or way out: a switch that joins the ports of a bridge or a link. */
export function desiredSegmentNetwork(
  identity: LabIdentity,
  manifest: string,
  segment: SegmentNetwork,
): DesiredNetwork {
  const { uuid, name, role, label, mtu } = segment;
  const element: XmlElement = {
    name,
    uuid,
    bridge: { "@name": segment.device, "@stp": "off", "@delay": "0" },
    ...(mtu === undefined ? {} : { mtu: { "@size": mtu } }),
  };
  const hash = hashOf(element);
  const metadata = networkMetadata(identity, manifest, role, label, hash, "");
  const xml = toXml("network", { ...element, metadata: metadataElement(metadata) });
  return { uuid, name, role, label, xml, hash, mtu, hosts: [] };
}

function networkMetadata(
  identity: LabIdentity,
  manifest: string,
  role: string,
  name: string,
  hash: string,
  address: string,
): ResourceMetadata {
  const { owner, lab } = identity;
  return {
    owner,
    lab,
    role,
    name,
    member: "",
    main: true,
    hash,
    manifest,
    model: "",
    address,
    links: [],
    facets: new Map(),
  };
}

function hashOf(element: XmlElement): string {
  return createHash("sha256").update(toXml("network", element)).digest("hex").slice(0, 32);
}
