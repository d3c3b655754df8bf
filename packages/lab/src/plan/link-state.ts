import { builtinCatalogue, findPort } from "@labscape/devices";
import { facetsHash, peersFacet } from "../desire/index.js";
import { LabError } from "../errors.js";
import { resourceElement, type LinkRecord, type ResourceMetadata } from "../identity/index.js";
import { endpointText, INTERNAL } from "../links/index.js";
import { childOf, childrenOf, elementOf, toXml, type ParsedElement } from "../xml.js";
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
 * not see it. A port on a bridge is one end alone.
 *
 * @param endpoint "node::port".
 * @throws LabError `unknown-node`, `unknown-link`.
 */
export function diffLink(nodes: readonly WiredNode[], endpoint: string, state: "up" | "down"): readonly PlannedStep[] {
  const near = findEnd(nodes, endpoint);
  const far = nodes.flatMap((node) =>
    node.metadata.links
      .filter((link) => isCable(link) && endOf(node, link) === near.link.peer)
      .map((link) => ({ node, link })),
  );
  return [near, ...far]
    .filter(({ link }) => link.state !== state)
    .map(({ node, link }) => {
      const operation = { kind: "set-link", uuid: node.uuid, ...changed(node, link, state) } as const;
      const { name } = node.metadata;
      return planned("update", "link", endOf(node, link), `${link.state} -> ${state}`, operation, [], name);
    });
}

interface End {
  readonly node: WiredNode;
  readonly link: LinkRecord;
}

function findEnd(nodes: readonly WiredNode[], endpoint: string): End {
  const [name = "", port = ""] = endpoint.split("::");
  const machines = nodes.filter(({ metadata }) => metadata.name === name);
  const node = machines.find((one) => linkAt(one, port) !== undefined) ?? machines[0];
  if (node === undefined) {
    const names = nodes.map(({ metadata }) => metadata.name);
    throw new LabError("unknown-node", `the lab has no node ${name} on this host`, `It has ${names.join(", ")}.`);
  }
  const link = linkAt(node, port);
  if (link !== undefined) return { node, link };
  const ends = machines.flatMap((one) => one.metadata.links.filter(isCable)).map((one) => endOf(node, one));
  throw new LabError(
    "unknown-link",
    `there is no cable at ${endpoint}`,
    ends.length === 0 ? `${name} has no cables.` : `${name} has cables at ${ends.join(", ")}.`,
  );
}

function linkAt({ metadata }: WiredNode, port: string): LinkRecord | undefined {
  const model = builtinCatalogue.find(metadata.model)?.model;
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

/** NIC and metadata with the new state. The next plan compares that with the manifest, as if the lab were made so. */
function changed(
  { definition, metadata }: WiredNode,
  link: LinkRecord,
  state: "up" | "down",
): { readonly nic: string; readonly resource: string } {
  const nics = childrenOf(childOf(definition(), "devices"), "interface");
  const dataPorts = Number(metadata.facets.get("data ports"));
  const first = Number(metadata.facets.get("first data port") ?? 0);
  const nic = nics[nics.length - dataPorts + link.port - first];
  if (nic === undefined) {
    throw new LabError(
      "definition-changed",
      `${metadata.name} has no NIC for ${link.portName}: its definition was changed by hand`,
      "Run `labscape up`, which makes it as the manifest says.",
    );
  }
  const links = metadata.links.map((one) => (one.port === link.port ? { ...one, state } : one));
  const facets = new Map(metadata.facets)
    .set(`link ${link.portName}`, state)
    .set(peersFacet(links).name, peersFacet(links).value);
  const hash = facetsHash([...facets].map(([name, value]) => ({ name, value })));
  return {
    nic: toXml("interface", { ...elementOf(nic), link: { "@state": state } }),
    resource: toXml("resource", resourceElement({ ...metadata, facets, links, hash })),
  };
}
