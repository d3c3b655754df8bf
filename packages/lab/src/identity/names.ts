import { identityDigest, type LabIdentity } from "./lab-identity.js";

/** Names for people, and for the host. None of them decides what belongs to a lab: UUIDs and metadata do. */

/** @param machine label of a virtual machine: "r1", or "r1.vcp". */
export function domainName(lab: string, machine: string): string {
  return `${lab}.${machine}`;
}

/** A virtual machine of a node: "r1", or "r1.vcp" for a member of a device of several. */
export function machineLabel(node: string, member: string): string {
  return member === "" ? node : `${node}.${member}`;
}

export function networkName(lab: string, network: string): string {
  return `${lab}.${network}`;
}

export function poolName(identity: LabIdentity): string {
  return `labscape.${directoryName(identity)}`;
}

/** Name of the lab's directory below the host's directory of labs. */
export function directoryName(identity: LabIdentity): string {
  return `${identity.owner}.${identity.lab}`;
}

/** A host interface name: 13 of the 15 characters that Linux allows, distinct for every lab and network. */
export function bridgeDeviceName(identity: LabIdentity, network: string): string {
  return `ls${identityDigest(identity, `bridge/${network}`).toString("hex").slice(0, 11)}`;
}

/** Name of the tap at one end of a wire, likewise. @param end "node::port". */
export function wireDeviceName(identity: LabIdentity, end: string): string {
  return `lw${identityDigest(identity, `wire/${end}`).toString("hex").slice(0, 11)}`;
}

/** An owner as names and paths can hold it. */
export function ownerName(user: string): string {
  const name = user.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, "-");
  return name === "" ? "user" : name;
}
