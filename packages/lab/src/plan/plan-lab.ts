import path from "node:path";
import type { LabNode, ResolvedLab } from "@labscape/topology";
import type { LabServices, ResolvedImage } from "../contracts.js";
import { desireLab, machinesOf } from "../desire/index.js";
import type { Problem } from "../events.js";
import { askHooks, checkWires, type HookAnswer, type WireSupport } from "../hooks/index.js";
import { freeTcpPorts, hostSubnets, toLabError, type Accelerator, type Host, type TakenSubnet } from "../host/index.js";
import { directoryName, labIdentity, resourceUuid, type LabIdentity } from "../identity/index.js";
import {
  keepPorts,
  keptUdpEnds,
  layOutLinks,
  loopbackAddress,
  UdpPortAllocator,
  udpPortsInUse,
} from "../links/index.js";
import { layOutManagement, parseSubnet, type ManagementLayout } from "../management/index.js";
import { isOfLab, observeLab, readyDomains, surveyHost, type ObservedLab, type Survey } from "../observe/index.js";
import { writtenPath } from "../written-path.js";
import { attributeOf, childrenOf } from "../xml.js";
import { byHandWarnings } from "./by-hand.js";
import { checkMetadata, checkNames } from "./checks.js";
import { diffDestroy, diffLab } from "./diff.js";
import type { PlannedStep } from "./operations.js";
import { createPlan, type Plan, type PlanWork } from "./plan.js";

export interface PlanOptions {
  /** Path of the manifest, recorded with what is made. */
  readonly manifest: string;
  readonly services: LabServices;
  /** Give the nodes the user's ssh keys of now instead of those of when the lab was made; that restarts nodes. */
  readonly refreshKeys?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Compares a lab with what the host has of it. Changes nothing, but for starting the lab's own pool when it is stopped:
 * without it the lab's disks and its secret cannot be seen.
 *
 * @throws LabError when the lab cannot run as it is: `image-not-found-in-store`, `name-taken`, `subnet-taken`, ...
 */
export async function planLab(lab: ResolvedLab, host: Host, options: PlanOptions): Promise<Plan> {
  try {
    return await plan(lab, host, options);
  } catch (error) {
    throw toLabError(error, `planning ${lab.name}`);
  }
}

async function plan(wanted: ResolvedLab, host: Host, options: PlanOptions): Promise<Plan> {
  const { manifest, services, refreshKeys = false, signal } = options;
  const identity = labIdentity(host.owner, wanted.name);
  const poolUuid = resourceUuid(identity, "pool");
  const [survey, accelerator, images, currentKeys] = await Promise.all([
    surveyHost(host.connection).then((found) => withPoolStarted(host, found, poolUuid)),
    host.accelerator(wanted.host.accelerator),
    resolveImages(wanted.nodes, services),
    services.userKeys(),
  ]);
  signal?.throwIfAborted();
  const observed = await observeLab(host.connection, survey, identity);
  const taps = new Set(observed.domains.flatMap(({ taps: ofDomain }) => ofDomain));
  const lab = keepPorts(wanted, identity, taps);
  const wires = await wireSupport(lab, host, observed);
  // A new key of the user is no reason to restart a lab that runs.
  const userKeys = refreshKeys ? currentKeys : (observed.secret?.userKeys ?? currentKeys);
  const directory =
    observed.pool?.path ?? path.posix.join(await host.labsDirectory(lab.host.poolPath), directoryName(identity));
  const loopback = loopbackAddress(identity, host.mode);
  // A copy that somebody made may have other ports than its metadata say.
  const udpUsers = survey.domains.map(({ xml, definition, ...domain }) => ({
    xml,
    definition,
    metadata: isOfLab(identity, domain) ? domain.metadata : undefined,
  }));
  const wiring = layOutLinks(
    lab,
    identity,
    keptUdpEnds(observed.domains.map(({ metadata }) => metadata)),
    new UdpPortAllocator(loopback, udpPortsInUse(udpUsers, loopback)),
    taps,
  );
  const desired = await desireLab({
    lab,
    identity,
    manifest: path.resolve(manifest),
    directory,
    accelerator: accelerator.type,
    loopback,
    replug: wires.replug,
    wiring,
    management: await management(lab, host, identity, survey, observed),
    images,
    secret: observed.secret ?? services.createSecret(),
    userKeys,
    buildSeed: services.buildSeed,
  });
  signal?.throwIfAborted();
  checkNames(desired, survey);
  checkMetadata(desired, survey);
  const { steps, consents } = diffLab(desired, observed);
  const running = observed.domains.filter(({ condition }) => condition === "running");
  const uuids = new Set(running.map(({ uuid }) => uuid));
  const ready = await readyDomains(survey.domains.filter(({ uuid }) => uuids.has(uuid)));
  const names = (wanted: boolean): ReadonlySet<string> =>
    new Set(
      running
        .filter(({ uuid, metadata }) => metadata.main && ready.has(uuid) === wanted)
        .map(({ metadata }) => metadata.name),
    );
  return createPlan(
    {
      purpose: "up",
      identity,
      pool: poolUuid,
      steps,
      boots: new Map(desired.domains.filter(({ main }) => main).map((domain) => [domain.node.name, domain])),
      ready: names(true),
      booting: names(false),
      readyTimeout: lab.readyTimeout,
      services,
      remaining: undefined,
    },
    {
      uri: host.uri,
      warnings: [
        ...warningsOf(accelerator, lab),
        ...keyWarnings(lab, userKeys, currentKeys),
        ...wires.warnings,
        ...byHandWarnings(
          lab,
          steps.map(({ step }) => step),
        ),
      ],
      consents,
    },
  );
}

/** The steps that remove a lab; none when nothing of it is there. Needs no manifest. */
export async function planDestroy(
  host: Host,
  options: { readonly lab: string; readonly owner?: string },
): Promise<Plan> {
  const identity = labIdentity(options.owner ?? host.owner, options.lab);
  const remaining = async (): Promise<readonly PlannedStep[]> =>
    diffDestroy(await observeLab(host.connection, await surveyHost(host.connection), identity), identity);
  try {
    const work: PlanWork = {
      purpose: "destroy",
      identity,
      pool: resourceUuid(identity, "pool"),
      steps: await remaining(),
      remaining,
      boots: new Map(),
      ready: new Set<string>(),
      booting: new Set<string>(),
      readyTimeout: undefined,
      services: undefined,
    };
    return createPlan(work, { uri: host.uri, warnings: [], consents: [] });
  } catch (error) {
    throw toLabError(error, `looking at ${options.lab}`);
  }
}

/** Hosts are asked only for labs that have wires, or had some. @throws LabError as `checkWires`. */
async function wireSupport(lab: ResolvedLab, host: Host, { domains }: ObservedLab): Promise<WireSupport> {
  const ask = (): Promise<HookAnswer | undefined> => askHooks(host.connection, []);
  if (lab.links.some(({ type }) => type === "wire")) return checkWires(host, ask);
  const had = domains.some(({ taps }) => taps.length > 0);
  return { replug: had && (await ask())?.wire === "installed", warnings: [] };
}

async function withPoolStarted(host: Host, survey: Survey, uuid: string): Promise<Survey> {
  if (survey.pools.find((pool) => pool.uuid === uuid)?.active !== false) return survey;
  const pool = await host.connection.storagePoolLookupByUuid(uuid);
  await pool.build();
  await pool.create();
  return { ...survey, pools: survey.pools.map((known) => (known.uuid === uuid ? { ...known, active: true } : known)) };
}

/** By virtual machine. Each model's image and version is looked up once. */
async function resolveImages(
  nodes: readonly LabNode[],
  services: LabServices,
): Promise<ReadonlyMap<string, ResolvedImage>> {
  const lookups = new Map<string, Promise<ResolvedImage>>();
  const results = nodes.flatMap(machinesOf).map(async ({ label, node }): Promise<readonly [string, ResolvedImage]> => {
    const image = imageReference(node);
    const key = JSON.stringify([node.model.name, node.model.image.file, node.version, image]);
    const lookup = lookups.get(key) ?? services.images.resolve(node.model, node.version, image);
    lookups.set(key, lookup);
    return [label, await lookup];
  });
  return new Map(await Promise.all(results));
}

/** A name without folders is a volume; a path is relative to the manifest. */
function imageReference(node: LabNode): string | undefined {
  const { image } = node;
  return image?.includes("/") === true ? writtenPath(image, node.at.file) : image;
}

async function management(
  lab: ResolvedLab,
  host: Host,
  identity: LabIdentity,
  survey: Survey,
  observed: ObservedLab,
): Promise<ManagementLayout> {
  const own = observed.networks.find(({ metadata }) => metadata.role === "management");
  const ownSubnet = parseSubnet(own?.metadata.address ?? "");
  const nodes = observed.domains.map(({ metadata }) => metadata);
  const keptPorts = new Map(nodes.flatMap(({ name, sshPort }) => (sshPort === undefined ? [] : [[name, sshPort]])));
  const reserved = new Set(survey.domains.flatMap(({ metadata }) => metadata?.sshPort ?? []));
  const forwards = lab.management.mode === "user" || (lab.management.mode === "auto" && host.mode === "session");
  const subnets = [...networkSubnets(survey, identity), ...(await hostSubnets(host))];
  return layOutManagement(lab, identity, {
    mode: host.mode,
    // The bridge of the lab's own network is an interface of the host, too.
    taken: subnets.filter(({ subnet }) => subnet.base !== ownSubnet?.base || subnet.prefix !== ownSubnet.prefix),
    keptSubnet: ownSubnet,
    keptAddresses: new Map(nodes.flatMap(({ name, address }) => (address === "" ? [] : [[name, address]]))),
    keptPorts,
    freePorts: forwards ? await freeTcpPorts(host, lab.nodes.length, reserved) : [],
  });
}

/** Subnets of other libvirt networks, stopped ones too. */
function networkSubnets(survey: Survey, identity: LabIdentity): readonly TakenSubnet[] {
  return survey.networks
    .filter((network) => !isOfLab(identity, network))
    .flatMap(({ name, definition }) =>
      childrenOf(definition, "ip").flatMap((ip) => {
        const length = attributeOf(ip, "prefix") ?? maskLength(attributeOf(ip, "netmask"));
        const subnet = parseSubnet(`${attributeOf(ip, "address") ?? ""}/${length}`);
        return subnet === undefined ? [] : [{ subnet, by: `the libvirt network ${name}` }];
      }),
    );
}

function maskLength(mask: string | undefined): string {
  const bits = (mask ?? "").split(".").map((octet) => Number(octet).toString(2).replaceAll("0", "").length);
  return mask === undefined ? "" : String(bits.reduce((sum, count) => sum + count, 0));
}

/** The keys that matter are those of nodes that name none of their own. */
function keyWarnings(lab: ResolvedLab, kept: readonly string[], current: readonly string[]): readonly Problem[] {
  const concerned = lab.nodes.some(
    (node) => node.sshAuthorizedKeys === undefined && node.sshAuthorizedKeyFiles === undefined,
  );
  if (!concerned || JSON.stringify(kept) === JSON.stringify(current)) return [];
  return [
    {
      code: "ssh-keys-changed",
      message: "your ssh keys are others than when the lab was made; its nodes let in the earlier ones",
      mend: "Give them the new ones with `labscape up --refresh-keys`, which restarts nodes.",
    },
  ];
}

function warningsOf(accelerator: Accelerator, lab: ResolvedLab): readonly Problem[] {
  if (accelerator.type === "kvm" || lab.host.accelerator === "tcg") return [];
  return [
    {
      code: "no-kvm",
      message: `guests run without hardware acceleration, which is slow: ${accelerator.reason}`,
      mend: "Use a host with virtualisation switched on in its firmware (or nested virtualisation in its hypervisor).",
    },
  ];
}
