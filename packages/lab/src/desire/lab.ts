import { createHash } from "node:crypto";
import type { LabNode, ResolvedLab } from "@labscape/topology";
import type { LabSecret, PortPeer, ResolvedImage, Seed, SeedBuilder, SeedContext } from "../contracts.js";
import {
  allocateMacs,
  domainName,
  nodeRole,
  metadataElement,
  poolName,
  resourceUuid,
  type LabIdentity,
  type LinkRecord,
  type ResourceMetadata,
} from "../identity/index.js";
import type { Wiring } from "../links/index.js";
import { managementNic, type ManagementLayout } from "../management/index.js";
import { writtenPath } from "../written-path.js";
import { toXml } from "../xml.js";
import { domainXml, type DomainParts } from "./domain-xml.js";
import { cableFacet, facetsHash, peersFacet, type Facet } from "./facets.js";
import { desiredManagementNetwork, desiredSegmentNetwork, type DesiredNetwork } from "./networks.js";
import { cablesOf, withLinkMtus, type NodeCables } from "./cables.js";
import { machinesOf, type Machine } from "./machines.js";
import { desiredNics, nicKey, type DesiredNic } from "./nics.js";
import { diskVolumes, gib, imageText, secretVolume, seedVolume, type DesiredVolume } from "./volumes.js";

/** All that a lab needs on a host: what the manifest says, with every choice made. */
export interface DesiredLab {
  readonly identity: LabIdentity;
  readonly pool: DesiredPool;
  readonly secret: DesiredVolume;
  /** Public keys that nodes let in which name none of their own; kept with the secret. */
  readonly userKeys: readonly string[];
  readonly networks: readonly DesiredNetwork[];
  readonly domains: readonly DesiredDomain[];
}

export interface DesiredPool {
  readonly uuid: string;
  readonly name: string;
  /** On the hypervisor. */
  readonly path: string;
  readonly xml: string;
}

/** The domain of a virtual machine: of a node, or of a member of it. */
export interface DesiredDomain {
  readonly node: LabNode;
  /** "r1", or "r1.vcp" for a member. */
  readonly label: string;
  /** Whether it stands for its node: its readiness and its address. */
  readonly main: boolean;
  readonly uuid: string;
  readonly name: string;
  readonly xml: string;
  readonly facets: readonly Facet[];
  readonly hash: string;
  /** What its definition says of itself. */
  readonly metadata: ResourceMetadata;
  readonly nics: readonly DesiredNic[];
  readonly volumes: readonly DesiredVolume[];
  /** Names of the lab's networks that it is plugged into. */
  readonly networks: readonly string[];
  /** Management address, empty for none. */
  readonly address: string;
  readonly sshPort: number | undefined;
}

/** The choices that desire does not make itself, since they depend on what the host has. */
export interface DesireInput {
  readonly lab: ResolvedLab;
  readonly identity: LabIdentity;
  /** Path of the manifest. */
  readonly manifest: string;
  /** The lab's directory on the hypervisor. */
  readonly directory: string;
  readonly accelerator: "kvm" | "tcg";
  readonly loopback: string;
  /** Whether wires can be plugged over while their nodes run. */
  readonly replug: boolean;
  readonly wiring: Wiring;
  readonly management: ManagementLayout;
  /** By virtual machine: "r1", "r1.vcp". */
  readonly images: ReadonlyMap<string, ResolvedImage>;
  readonly secret: LabSecret;
  readonly userKeys: readonly string[];
  readonly buildSeed: SeedBuilder;
}

interface DomainInput extends DesireInput {
  readonly cables: ReadonlyMap<string, NodeCables>;
}

export async function desireLab(input: DesireInput): Promise<DesiredLab> {
  const { lab, identity, manifest, management } = input;
  const macs = labMacs(lab, identity);
  const machines = lab.nodes.flatMap((node) => machinesOf(node).map((machine) => ({ node, machine })));
  const domainInput: DomainInput = { ...input, cables: cablesOf(lab) };
  const domains = await Promise.all(
    machines.map(({ node, machine }) => desireDomain(node, machine, macs, domainInput)),
  );
  const hosts = machines.flatMap(({ node, machine }) => {
    const nic = machine.nics.findIndex(({ role }) => role === "management");
    const mac = macs.get(nicKey(machine.label, nic));
    const address = management.kind === "network" ? management.addresses.get(node.name) : undefined;
    return mac === undefined || address === undefined ? [] : [{ node: node.name, mac, address }];
  });
  return {
    identity,
    pool: desiredPool(identity, input.directory),
    secret: secretVolume(input.directory, input.secret, input.userKeys),
    userKeys: input.userKeys,
    networks: [
      ...(management.kind === "network" ? [desiredManagementNetwork(identity, manifest, management, hosts)] : []),
      ...input.wiring.networks.map((network) => desiredSegmentNetwork(identity, manifest, network)),
    ],
    domains,
  };
}

/** MAC addresses of all NICs, by {@link nicKey}. */
export function labMacs(lab: ResolvedLab, identity: LabIdentity): ReadonlyMap<string, string> {
  const nics = lab.nodes.flatMap((node) =>
    machinesOf(node).flatMap(({ label, nics: ofMachine }) =>
      ofMachine.map((port, position) => ({
        key: nicKey(label, position),
        fixed: port.role === "data" ? node.ports[port.index]?.mac : undefined,
      })),
    ),
  );
  const fixed = new Map(nics.flatMap((nic) => (nic.fixed === undefined ? [] : [[nic.key, nic.fixed] as const])));
  return allocateMacs(
    identity,
    nics.map((nic) => nic.key),
    fixed,
  );
}

function desiredPool(identity: LabIdentity, directory: string): DesiredPool {
  const name = poolName(identity);
  const uuid = resourceUuid(identity, "pool");
  const xml = toXml("pool", {
    "@type": "dir",
    name,
    uuid,
    // QEMU runs as another user and must pass through; what lies within has permissions of its own.
    target: { path: directory, permissions: { mode: "0711" } },
  });
  return { name, uuid, path: directory, xml };
}

async function desireDomain(
  whole: LabNode,
  machine: Machine,
  macs: ReadonlyMap<string, string>,
  input: DomainInput,
): Promise<DesiredDomain> {
  const { identity, wiring, management, directory } = input;
  const { node, label, member, main } = machine;
  const image = input.images.get(label) ?? { version: "", extraDisks: [] };
  const nics = desiredNics(machine, macs, wiring, management, input);
  const seed = machine.seeded
    ? await input.buildSeed(withLinkMtus(node, input.cables), seedContext(whole, macs, input))
    : undefined;
  const disks = diskVolumes(directory, machine, image);
  const seedDisk = seed === undefined ? undefined : { seed, volume: seedVolume(directory, label, seed) };
  const uuid = resourceUuid(identity, nodeRole(node.name, member));
  const name = domainName(identity.lab, label);
  const parts: DomainParts = {
    node: node.cdrom === undefined ? node : { ...node, cdrom: writtenPath(node.cdrom, node.at.file) },
    label,
    uuid,
    name,
    description: input.lab.description,
    accelerator: input.accelerator,
    directory,
    image,
    disks,
    seed: seedDisk,
    nics,
  };
  const element = domainXml(parts);
  // What has facets of its own and can change while the node runs is no part of the remainder.
  const remainder = domainXml({ ...parts, description: "", nics: nics.map((nic) => ({ ...nic, xml: nic.fixedXml })) });
  const managed = nics.some(({ role }) => role === "management");
  const sshPort = managed && management.kind === "user" ? management.sshPorts.get(node.name) : undefined;
  const address = managed && management.kind === "network" ? (management.addresses.get(node.name) ?? "") : "";
  const links = linkRecords(machine, nics, input);
  const facets = domainFacets(node, image, disks, seed, nics, links, input, JSON.stringify(remainder));
  const hash = facetsHash(facets);
  const metadata = nodeMetadata(machine, input, hash, facets, address, sshPort, links);
  return {
    node: whole,
    label,
    main,
    uuid,
    name,
    // Most plans change few domains: their text is made for those only.
    get xml() {
      return toXml("domain", { ...element, metadata: metadataElement(metadata) });
    },
    facets,
    hash,
    metadata,
    nics,
    volumes: [...disks, ...(seedDisk === undefined ? [] : [seedDisk.volume])],
    networks: [...new Set(nics.flatMap((nic) => /^network (\S+)/.exec(nic.plugged)?.[1] ?? []))],
    address,
    sshPort,
  };
}

/** Records of the cables at a machine: those of its data ports, and those to other machines of its node. */
function linkRecords({ node, label, member }: Machine, nics: readonly DesiredNic[], { wiring }: DesireInput) {
  const ports = new Set(nics.filter(({ role }) => role === "data").map(({ index }) => index));
  return [
    ...(wiring.records.get(node.name) ?? []).filter(({ port }) => ports.has(port)),
    ...(member === "" ? [] : (wiring.records.get(label) ?? [])),
  ];
}

/** The NICs of all machines of a node, for its first-boot data. */
function seedContext(node: LabNode, macs: ReadonlyMap<string, string>, input: DomainInput): SeedContext {
  const nics = machinesOf(node).flatMap(({ label, nics: ofMachine }) =>
    ofMachine.map((nic, position) => ({ ...nic, mac: macs.get(nicKey(label, position)) ?? "" })),
  );
  const managed = nics.find((nic) => nic.role === "management");
  const management = managed === undefined ? undefined : managementNic(input.management, node.name, managed.mac);
  const data = nics.filter((nic) => nic.role === "data").sort((a, b) => a.index - b.index);
  return {
    lab: input.lab.name,
    domain: input.lab.management.domain,
    ...(management === undefined ? {} : { management }),
    reservedMacs: nics.filter((nic) => nic.role === "reserved").map((nic) => nic.mac),
    portMacs: data.map((nic) => nic.mac),
    peers: input.cables.get(node.name)?.peers ?? new Map<number, PortPeer>(),
    secret: input.secret,
    userKeys: input.userKeys,
  };
}

function domainFacets(
  node: LabNode,
  image: ResolvedImage,
  disks: readonly DesiredVolume[],
  seed: Seed | undefined,
  nics: readonly DesiredNic[],
  links: readonly LinkRecord[],
  input: DesireInput,
  definition: string,
): readonly Facet[] {
  const boot = image.disk === undefined ? undefined : disks[0];
  const data = nics.filter((nic) => nic.role === "data");
  const cables = nics.filter(({ role }) => role === "data" || role === "mirror" || role === "internal");
  return [
    { name: "model", value: node.model.name, cost: "replace" },
    { name: "image", value: imageText(image), cost: "replace" },
    { name: "disk", value: boot === undefined ? "" : gib(boot.capacity), cost: "restart" },
    { name: "first-boot data", value: seed?.hash ?? "", cost: "restart", change: "first-boot data changed" },
    { name: "memory", value: `${node.memory} MiB`, cost: "restart" },
    { name: "CPUs", value: String(node.cpuCount), cost: "restart" },
    { name: "accelerator", value: input.accelerator, cost: "restart" },
    { name: "data ports", value: String(data.length), cost: "restart" },
    ...(data[0] === undefined || data[0].index === 0
      ? []
      : [{ name: "first data port", value: String(data[0].index), cost: "restart" as const }]),
    ...cables.flatMap((nic): readonly Facet[] => [
      cableFacet(nic),
      { name: `link ${nic.name}`, value: nic.plugged === "" ? "up" : nic.state, cost: "update" },
    ]),
    { name: "description", value: input.lab.description, cost: "update", change: "description changed" },
    { name: "manifest", value: input.manifest, cost: "update" },
    peersFacet(links),
    // All that has no facet of its own.
    { name: "definition", value: digest(definition), cost: "restart", change: "definition changed", quiet: true },
  ];
}

function nodeMetadata(
  { node, member, main }: Machine,
  input: DesireInput,
  hash: string,
  facets: readonly Facet[],
  address: string,
  sshPort: number | undefined,
  links: readonly LinkRecord[],
): ResourceMetadata {
  return {
    owner: input.identity.owner,
    lab: input.identity.lab,
    role: "node",
    name: node.name,
    member,
    main,
    hash,
    manifest: input.manifest,
    model: node.model.name,
    address,
    ...(sshPort === undefined ? {} : { sshPort }),
    links,
    facets: new Map(facets.map((facet) => [facet.name, facet.value])),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
