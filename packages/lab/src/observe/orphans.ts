import type { Connection } from "node-libvirt";
import { labIdentity, labKey, poolName, resourceUuid } from "../identity/index.js";
import { isOfLab } from "./lab.js";
import { surveyHost, type Survey, type SurveyedDomain } from "./survey.js";

/** What is left of a lab that has no node any more. */
export interface Orphan {
  readonly lab: string;
  readonly owner: string;
  /** Names of its networks and of its pool. */
  readonly networks: readonly string[];
  readonly pools: readonly string[];
}

/** What prune finds on a host. */
export interface Orphans {
  readonly labs: readonly Orphan[];
  /** Copies that somebody made of our objects: they carry our mark and have UUIDs of their own. They are nobody's but theirs. */
  readonly copies: readonly string[];
}

/** Finds what is ours on the host and belongs to no lab: a lab is there as long as it has a node. */
export async function findOrphans(connection: Connection): Promise<Orphans> {
  return orphansOf(await surveyHost(connection));
}

/** As much of a survey as it goes by. */
export interface OrphanSurvey extends Pick<Survey, "networks" | "pools"> {
  readonly domains: readonly Pick<SurveyedDomain, "uuid" | "name" | "metadata">[];
}

export function orphansOf(survey: OrphanSurvey): Orphans {
  const labs = new Map<string, { nodes: number; lab: string; owner: string; networks: string[]; pools: string[] }>();
  const entry = (owner: string, lab: string) => {
    const key = labKey(owner, lab);
    const known = labs.get(key) ?? { nodes: 0, lab, owner, networks: [], pools: [] };
    labs.set(key, known);
    return known;
  };
  const copies: string[] = [];
  for (const domain of survey.domains) {
    if (domain.metadata === undefined) continue;
    const { owner, lab } = domain.metadata;
    if (isOfLab(labIdentity(owner, lab), domain)) entry(owner, lab).nodes++;
    else copies.push(domain.name);
  }
  for (const network of survey.networks) {
    if (network.metadata === undefined) continue;
    const { owner, lab } = network.metadata;
    if (isOfLab(labIdentity(owner, lab), network)) entry(owner, lab).networks.push(network.name);
    else copies.push(network.name);
  }
  for (const { name, uuid } of survey.pools) {
    // Pools have no metadata: the name tells whose it would be, and the UUID whether that is so.
    const [, owner = "", lab = ""] = /^labscape\.([^.]+)\.([^.]+)$/.exec(name) ?? [];
    const identity = labIdentity(owner, lab);
    if (poolName(identity) === name && resourceUuid(identity, "pool") === uuid) entry(owner, lab).pools.push(name);
  }
  return {
    labs: [...labs.values()]
      .filter(({ nodes }) => nodes === 0)
      .map(({ lab, owner, networks, pools }) => ({ lab, owner, networks, pools })),
    copies,
  };
}
