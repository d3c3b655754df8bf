import {
  DomainState,
  DomainStats,
  DomainXmlFlag,
  isNotFound,
  ListNetworksFlag,
  ListPoolsFlag,
  ShutoffReason,
  type Connection,
  type DomainStatsRecord,
} from "node-libvirt";
import { readMetadata, type ResourceMetadata } from "../identity/index.js";
import { childOf, elementsIn, parseXml, type ParsedElement } from "../xml.js";

export type DomainCondition = "running" | "stopped" | "paused" | "failed";

export interface SurveyedDomain {
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
    surveyDomains(stats),
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

/** The domains alone. */
export async function surveyDomains(stats: readonly DomainStatsRecord[]): Promise<readonly SurveyedDomain[]> {
  return allPresent(
    stats.map(async (record): Promise<SurveyedDomain> => {
      const { domain } = record;
      const xml = await domain.getXmlDesc(DomainXmlFlag.INACTIVE);
      const definition = once(() => parseXml(xml, "domain"));
      // Most domains of a host may be others': only those that mention our namespace are worth parsing.
      const metadata = xml.includes("urn:labscape:") ? readMetadata(elementsIn(xml, "metadata")[0]) : undefined;
      return { uuid: domain.uuid, name: domain.name, condition: condition(record), xml, definition, metadata };
    }),
  );
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
