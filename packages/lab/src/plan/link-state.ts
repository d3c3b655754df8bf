import { findPort, type Catalogue } from "@labscape/devices";
import { cableFacetName, facetsHash, mirrorName, peersFacet } from "../desire/index.js";
import { LabError } from "../errors.js";
import {
  machineLabel,
  nicPosition,
  resourceElement,
  type LinkRecord,
  type ResourceMetadata,
} from "../identity/index.js";
import { endpointText, INTERNAL } from "../links/index.js";
import { attributeOf, childOf, childrenOf, elementOf, toXml, type ParsedElement } from "../xml.js";
import type { PlannedStep } from "./operations.js";
import { planned } from "./planned.js";

/** A node of the lab with its persistent definition. */
export interface WiredNode {
  readonly uuid: string;
  readonly definition: () => ParsedElement;
  readonly metadata: ResourceMetadata;
}

/**
 * The steps that pull or plug a cable at both of its ends: libvirt acts on one end only, and the guest at the other would
 * not see it. A port on a bridge is one end alone. A further virtual machine of a device that sees the port sees the cable
 * come and go, too.
 *
 * @param endpoint "node::port".
 * @param catalogue knows the other names of ports.
 * @throws LabError `unknown-node`, `unknown-link`.
 */
export function diffLink(
  nodes: readonly WiredNode[],
  endpoint: string,
  state: "up" | "down",
  catalogue: Catalogue,
): readonly PlannedStep[] {
  const near = findEnd(nodes, endpoint, catalogue);
  const far = nodes.flatMap((node) =>
    node.metadata.links
      .filter((link) => isCable(link) && endOf(node, link) === near.link.peer)
      .map((link) => ({ node, link })),
  );
  return [near, ...far]
    .flatMap((end) => nicsAt(nodes, end))
    .filter(({ before }) => before !== state)
    .map(({ node, port, name, before, place }) => {
      const { uuid, metadata } = node;
      const nic = toXml("interface", { ...elementOf(place()), link: { "@state": state } });
      const resource = toXml("resource", resourceElement(withState(metadata, port, name, state)));
      const end =
        port === undefined
          ? `${name} in ${machineLabel(metadata.name, metadata.member)}`
          : endpointText({ node: metadata.name, portName: name });
      const operation = { kind: "set-link", uuid, nic, resource } as const;
      return planned("update", "link", end, `${before} -> ${state}`, operation, [], metadata.name);
    });
}

/** A NIC that has to do with a cable. */
interface CableNic {
  readonly node: WiredNode;
  /** Data port, of which the metadata record the cable; absent for a mirror of one. */
  readonly port?: number;
  /** As the facets call it. */
  readonly name: string;
  readonly before: string;
  /** The NIC in the definition. @throws LabError `definition-changed`. */
  readonly place: () => ParsedElement;
}

/** The NIC that is the end, and those of other virtual machines of the node that see its frames. */
function nicsAt(nodes: readonly WiredNode[], { node, link }: End): readonly CableNic[] {
  const mirror = mirrorName(link.portName);
  const mirrors = nodes.flatMap((other): readonly CableNic[] => {
    const before = other.metadata.facets.get(`link ${mirror}`);
    const isMirror = other.metadata.name === node.metadata.name && before !== undefined;
    return isMirror ? [{ node: other, name: mirror, before, place: () => nicOnSegment(other, mirror) }] : [];
  });
  const { port, portName: name, state: before } = link;
  return [{ node, port, name, before, place: () => dataNic(node, link) }, ...mirrors];
}

interface End {
  readonly node: WiredNode;
  readonly link: LinkRecord;
}

function findEnd(nodes: readonly WiredNode[], endpoint: string, catalogue: Catalogue): End {
  const [name = "", port = ""] = endpoint.split("::");
  const machines = nodes.filter(({ metadata }) => metadata.name === name);
  const node = machines.find((one) => linkAt(one, port, catalogue) !== undefined) ?? machines[0];
  if (node === undefined) {
    const names = nodes.map(({ metadata }) => metadata.name);
    throw new LabError("unknown-node", `the lab has no node ${name} on this host`, `It has ${names.join(", ")}.`);
  }
  const link = linkAt(node, port, catalogue);
  if (link !== undefined) return { node, link };
  const ends = machines.flatMap((one) => one.metadata.links.filter(isCable)).map((one) => endOf(node, one));
  throw new LabError(
    "unknown-link",
    `there is no cable at ${endpoint}`,
    ends.length === 0 ? `${name} has no cables.` : `${name} has cables at ${ends.join(", ")}.`,
  );
}

function linkAt({ metadata }: WiredNode, port: string, catalogue: Catalogue): LinkRecord | undefined {
  const model = catalogue.find(metadata.model)?.model;
  const found = model === undefined ? undefined : findPort(model, port);
  const cables = metadata.links.filter(isCable);
  return cables.find((one) => one.portName === port || (found?.role === "data" && one.port === found.index));
}

/** Cables between the virtual machines of one node are not the user's. */
function isCable({ port }: LinkRecord): boolean {
  return port !== INTERNAL;
}

function endOf(node: WiredNode, { portName }: LinkRecord): string {
  return endpointText({ node: node.metadata.name, portName });
}

function dataNic({ definition, metadata }: WiredNode, link: LinkRecord): ParsedElement {
  const nics = nicsOf(definition());
  return nics[nicPosition(metadata, link.port, nics.length)] ?? notThere(metadata, link.portName);
}

/** A NIC by the network or host bridge that it is plugged into; of several there the one at its turn. */
function nicOnSegment({ definition, metadata }: WiredNode, name: string): ParsedElement {
  const segment = metadata.facets.get(cableFacetName(name))?.split(" ", 2).join(" ");
  const twins = [...metadata.facets].filter(
    ([facet, value]) => facet.startsWith(cableFacetName("")) && value.split(" ", 2).join(" ") === segment,
  );
  const turn = twins.findIndex(([facet]) => facet === cableFacetName(name));
  const nics = nicsOf(definition()).filter((nic) => {
    const kind = attributeOf(nic, "type") ?? "";
    return `${kind} ${attributeOf(childOf(nic, "source"), kind) ?? ""}` === segment;
  });
  return nics[turn] ?? notThere(metadata, name);
}

function nicsOf(definition: ParsedElement): readonly ParsedElement[] {
  return childrenOf(childOf(definition, "devices"), "interface");
}

function notThere({ name }: ResourceMetadata, port: string): never {
  throw new LabError(
    "definition-changed",
    `${name} has no NIC for ${port}: its definition was changed by hand`,
    "Run `labscape up`, which makes it as the manifest says.",
  );
}

/** With the new state of a NIC. The next plan compares that with the manifest, as if the lab were made so. */
function withState(
  metadata: ResourceMetadata,
  port: number | undefined,
  name: string,
  state: "up" | "down",
): ResourceMetadata {
  const links = metadata.links.map((one) => (one.port === port ? { ...one, state } : one));
  const peers = peersFacet(links);
  const facets = new Map(metadata.facets).set(`link ${name}`, state).set(peers.name, peers.value);
  const hash = facetsHash([...facets].map(([facet, value]) => ({ name: facet, value })));
  return { ...metadata, facets, links, hash };
}
