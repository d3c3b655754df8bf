import type { Connection } from "node-libvirt";
import { labIdentity, type LinkRecord, type ResourceMetadata } from "../identity/index.js";
import type { LabStatus, LinkStatus, NodeStatus } from "../status.js";
import { isOfLab } from "./lab.js";
import { readyDomains } from "./ready.js";
import { surveyHost, type SurveyedDomain } from "./survey.js";

/**
 * What runs of the labs on a host, of all owners, by what the host itself records. Three round trips, however many nodes.
 * @param wanted one lab's name; absent: all.
 */
export async function readStatus(connection: Connection, uri: string, wanted?: string): Promise<readonly LabStatus[]> {
  const survey = await surveyHost(connection);
  const nodes = survey.domains.filter(isNode).filter(({ metadata }) => wanted === undefined || metadata.lab === wanted);
  const running = nodes.filter(({ condition }) => condition === "running");
  const ready = await readyDomains(
    connection,
    running.map(({ uuid }) => uuid),
  );
  const labs = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = JSON.stringify([node.metadata.owner, node.metadata.lab]);
    labs.set(key, [...(labs.get(key) ?? []), node]);
  }
  return [...labs.values()]
    .map((members) => labStatus(members, ready, uri))
    .sort((a, b) => a.name.localeCompare(b.name, "en") || a.owner.localeCompare(b.owner, "en"));
}

type Node = SurveyedDomain & { readonly metadata: ResourceMetadata };

function isNode(domain: SurveyedDomain): domain is Node {
  const { metadata } = domain;
  return metadata?.role === "node" && isOfLab(labIdentity(metadata.owner, metadata.lab), domain);
}

function labStatus(members: readonly Node[], ready: ReadonlySet<string>, uri: string): LabStatus {
  const nodes = [...members].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name, "en", { numeric: true }));
  const first = nodes[0]?.metadata;
  return {
    name: first?.lab ?? "",
    owner: first?.owner ?? "",
    uri,
    manifest: first?.manifest ?? "",
    nodes: nodes.map((node) => nodeStatus(node, ready.has(node.uuid))),
    links: nodes.flatMap(({ metadata }) =>
      metadata.links.filter(({ source }) => source).map((link) => linkStatus(metadata.name, link)),
    ),
  };
}

function nodeStatus({ metadata, condition }: Node, ready: boolean): NodeStatus {
  const { name, model, address, sshPort } = metadata;
  return {
    name,
    model,
    state: condition,
    ready,
    address,
    ...(sshPort === undefined ? {} : { forward: { host: "127.0.0.1", port: sshPort } }),
  };
}

function linkStatus(node: string, { portName, peer, type, state }: LinkRecord): LinkStatus {
  return { src: `${node}::${portName}`, dst: peer, type, state };
}
