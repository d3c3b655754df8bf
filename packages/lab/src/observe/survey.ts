import {
  DomainState,
  DomainStats,
  DomainXmlFlag,
  isNotFound,
  ListNetworksFlag,
  ListPoolsFlag,
  ShutoffReason,
  type Connection,
  type Domain,
  type DomainStatsRecord,
} from "node-libvirt";
import { readMetadata, type ResourceMetadata } from "../identity/index.js";
import { childOf, elementsIn, parseXml, type ParsedElement } from "../xml.js";

export type DomainCondition = "running" | "stopped" | "paused" | "failed";

export interface SurveyedDomain {
  /** For further calls: looking it up again would be one more. */
  readonly handle: Domain;
  readonly uuid: string;
  readonly name: string;
  readonly condition: DomainCondition;
  /** The persistent definition: as text, and parsed when it is first asked for. */
  readonly xml: string;
  readonly definition: () => ParsedElement;
  /** Ours, if it is ours. */
  readonly metadata: ResourceMetadata | undefined;
}

export interface SurveyedNetwork {
  readonly uuid: string;
  readonly name: string;
  readonly active: boolean;
  readonly definition: ParsedElement;
  readonly metadata: ResourceMetadata | undefined;
}

export interface SurveyedPool {
  readonly uuid: string;
  readonly name: string;
  readonly active: boolean;
}

/** All that a host has, ours and others'. */
export interface Survey {
  readonly domains: readonly SurveyedDomain[];
  readonly networks: readonly SurveyedNetwork[];
  readonly pools: readonly SurveyedPool[];
}

/** Reads what a host has in two round trips, however many domains there are: the lists, then all definitions at once. */
export async function surveyHost(connection: Connection): Promise<Survey> {
  const [stats, networks, activeNetworks, pools, activePools] = await Promise.all([
    connection.getAllDomainStats([], DomainStats.STATE),
    connection.listAllNetworks(),
    connection.listAllNetworks(ListNetworksFlag.ACTIVE),
    connection.listAllStoragePools(),
    connection.listAllStoragePools(ListPoolsFlag.ACTIVE),
  ]);
  const running = new Set([...activeNetworks, ...activePools].map(({ uuid }) => uuid));
  const [domains, surveyedNetworks] = await Promise.all([
    surveyDomains(stats, metadataOn(connection)),
    allPresent(
      networks.map(async (network): Promise<SurveyedNetwork> => {
        const definition = parseXml(await network.getXmlDesc(), "network");
        const metadata = readMetadata(childOf(definition, "metadata"));
        return { uuid: network.uuid, name: network.name, active: running.has(network.uuid), definition, metadata };
      }),
    ),
  ]);
  return {
    domains,
    networks: surveyedNetworks,
    pools: pools.map(({ uuid, name }) => ({ uuid, name, active: running.has(uuid) })),
  };
}

/** What was read of the domains of a host, by UUID, with the definition that it was read from. */
type KnownMetadata = Map<string, { readonly xml: string; readonly metadata: ResourceMetadata | undefined }>;

const known = new WeakMap<Connection, KnownMetadata>();

/** To parse XML is most of the work with many domains, and from one survey to the next nearly all definitions are the same. */
function metadataOn(connection: Connection): KnownMetadata {
  const found: KnownMetadata = known.get(connection) ?? new Map<never, never>();
  known.set(connection, found);
  return found;
}

/** The domains alone. @param kept what is known from earlier; brought up to date. */
export async function surveyDomains(
  stats: readonly DomainStatsRecord[],
  kept: KnownMetadata = new Map(),
): Promise<readonly SurveyedDomain[]> {
  const uuids = new Set(stats.map(({ domain }) => domain.uuid));
  for (const uuid of kept.keys()) if (!uuids.has(uuid)) kept.delete(uuid);
  return allPresent(
    stats.map(async (record): Promise<SurveyedDomain> => {
      const { domain } = record;
      const xml = await domain.getXmlDesc(DomainXmlFlag.INACTIVE);
      const definition = once(() => parseXml(xml, "domain"));
      const earlier = kept.get(domain.uuid);
      const metadata = earlier?.xml === xml ? earlier.metadata : metadataIn(xml);
      kept.set(domain.uuid, { xml, metadata });
      return {
        handle: domain,
        uuid: domain.uuid,
        name: domain.name,
        condition: condition(record),
        xml,
        definition,
        metadata,
      };
    }),
  );
}

/** Most domains of a host may be others': only those that mention our namespace are worth parsing. */
function metadataIn(xml: string): ResourceMetadata | undefined {
  return xml.includes("urn:labscape:") ? readMetadata(elementsIn(xml, "metadata")[0]) : undefined;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function condition({ params }: DomainStatsRecord): DomainCondition {
  const figure = (field: string): number => Number(params.find((param) => param.field === field)?.value.value ?? 0);
  const failures: readonly number[] = [ShutoffReason.CRASHED, ShutoffReason.FAILED];
  switch (figure("state.state")) {
    case DomainState.RUNNING:
    case DomainState.BLOCKED:
    case DomainState.SHUTDOWN:
      return "running";
    case DomainState.PAUSED:
    case DomainState.PMSUSPENDED:
      return "paused";
    case DomainState.CRASHED:
      return "failed";
    default:
      return failures.includes(figure("state.reason")) ? "failed" : "stopped";
  }
}

/** What went away between its listing and its look-up is left out. */
async function allPresent<T>(items: readonly Promise<T>[]): Promise<readonly T[]> {
  const results = await Promise.all(
    items.map((item) =>
      item.catch((error: unknown) => {
        if (isNotFound(error)) return undefined;
        throw error;
      }),
    ),
  );
  return results.filter((result) => result !== undefined);
}
