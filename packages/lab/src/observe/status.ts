import type { Connection } from "node-libvirt";
import { labIdentity, labKey, type LinkRecord, type ResourceMetadata } from "../identity/index.js";
import { INTERNAL } from "../links/index.js";
import type { LabStatus, LinkStatus, NodeStatus } from "../status.js";
import { isOfLab } from "./lab.js";
import { inNodeOrder } from "./order.js";
import { readyDomains } from "./ready.js";
import { surveyHost, type SurveyedDomain } from "./survey.js";

/** What runs of the labs on a host, of all owners. @param wanted one lab's name; absent: all. */
export async function readStatus(connection: Connection, uri: string, wanted?: string): Promise<readonly LabStatus[]> {
  return (await readLabs(connection, uri, wanted)).labs;
}

/** The labs on a host, and the domains that their nodes are. */
export interface ReadLabs {
  readonly labs: readonly LabStatus[];
  readonly domains: readonly { readonly uuid: string; readonly metadata: ResourceMetadata }[];
}

/** Goes by what the host itself records. Three round trips, however many nodes. */
export async function readLabs(connection: Connection, uri: string, wanted?: string): Promise<ReadLabs> {
  const survey = await surveyHost(connection);
  const nodes = survey.domains.filter(isNode).filter(({ metadata }) => wanted === undefined || metadata.lab === wanted);
  const running = nodes.filter(({ condition }) => condition === "running");
  const ready = await readyDomains(running);
  const labs = new Map<string, Node[]>();
  for (const node of nodes) addTo(labs, labKey(node.metadata.owner, node.metadata.lab), node);
  return {
    labs: [...labs.values()]
      .map((members) => labStatus(members, ready, uri))
      .sort((a, b) => a.name.localeCompare(b.name, "en") || a.owner.localeCompare(b.owner, "en")),
    domains: nodes,
  };
}

type Node = SurveyedDomain & { readonly metadata: ResourceMetadata };

function isNode(domain: SurveyedDomain): domain is Node {
  const { metadata } = domain;
  return metadata?.role === "node" && isOfLab(labIdentity(metadata.owner, metadata.lab), domain);
}

function addTo<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** What is worst off first. */
const STATES: readonly NodeStatus["state"][] = ["failed", "missing", "stopped", "paused", "running"];

function labStatus(members: readonly Node[], ready: ReadonlySet<string>, uri: string): LabStatus {
  const domains = inNodeOrder(members);
  const first = domains[0]?.metadata;
  const machines = new Map<string, Node[]>();
  for (const domain of domains) addTo(machines, domain.metadata.name, domain);
  return {
    name: first?.lab ?? "",
    owner: first?.owner ?? "",
    uri,
    manifest: first?.manifest ?? "",
    nodes: [...machines.values()].flatMap((ofNode) => nodeStatus(ofNode, ready)),
    links: domains.flatMap(({ metadata }) =>
      metadata.links
        .filter(({ source, port }) => source && port !== INTERNAL)
        .map((link) => linkStatus(metadata.name, link)),
    ),
  };
}

/** Of a node by its virtual machines: as well as the one that is worst off. */
function nodeStatus(machines: readonly Node[], ready: ReadonlySet<string>): readonly NodeStatus[] {
  const main = machines.find(({ metadata }) => metadata.main) ?? machines[0];
  if (main === undefined) return [];
  const { name, model } = main.metadata;
  const state = STATES.find((each) => machines.some(({ condition }) => condition === each)) ?? main.condition;
  const sshPort = machines.find(({ metadata }) => metadata.sshPort !== undefined)?.metadata.sshPort;
  const members = machines
    .map(({ metadata, condition }) => ({ name: metadata.member, state: condition, main: metadata.main }))
    .sort((a, b) => Number(b.main) - Number(a.main) || a.name.localeCompare(b.name, "en"));
  return [
    {
      name,
      model,
      state,
      ready: ready.has(main.uuid),
      ...(main.metadata.member === ""
        ? {}
        : { members: members.map((each) => ({ name: each.name, state: each.state })) }),
      address: machines.map(({ metadata }) => metadata.address).find((address) => address !== "") ?? "",
      ...(sshPort === undefined ? {} : { forward: { host: "127.0.0.1", port: sshPort } }),
    },
  ];
}

function linkStatus(node: string, { portName, peer, type, state }: LinkRecord): LinkStatus {
  return { src: `${node}::${portName}`, dst: peer, type, state };
}
