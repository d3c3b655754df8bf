import { createHash } from "node:crypto";
import type { LinkRecord } from "../identity/index.js";
import type { DesiredNic } from "./nics.js";

/** What a changed facet costs: nothing, a restart of the node, or its disk as well. */
export type Cost = "update" | "restart" | "replace";

/** One thing that a domain is made from, as text that is compared and shown. Never a secret. */
export interface Facet {
  readonly name: string;
  readonly value: string;
  readonly cost: Cost;
  /** Shown instead of the values, where these say nothing to a person; by the value before, where that matters. */
  readonly change?: string | ((before: string | undefined) => string);
  /** It is a reason only when there is no other: it changes along with facets that say more. */
  readonly quiet?: boolean;
}

/** Of all facets: equal hashes mean that nothing is to do. */
export function facetsHash(facets: Iterable<Pick<Facet, "name" | "value">>): string {
  const hash = createHash("sha256");
  for (const { name, value } of facets) hash.update(JSON.stringify([name, value]));
  return hash.digest("hex").slice(0, 32);
}

/** Of what the NIC of a cable is plugged into. @param nic its port's name */
export function cableFacetName(nic: string): string {
  return `cable at ${nic}`;
}

/** What the NIC of a cable is plugged into; its cost is that of moving it. */
export function cableFacet({ name, plugged, hot }: Pick<DesiredNic, "name" | "plugged" | "hot">): Facet {
  const change = (before: string | undefined): string => {
    if (plugged === "") return `no cable at ${name}`;
    const [was, is] = [takeApart(before ?? ""), takeApart(plugged)];
    if (was.into !== is.into || was.mtu === is.mtu) return `cable at ${name} changed`;
    // libvirt refuses it in a NIC that is there, and a guest reads it when it starts.
    return `MTU at ${name} ${was.mtu} -> ${is.mtu}, which a running node cannot change`;
  };
  return { name: cableFacetName(name), value: plugged, cost: hot ? "update" : "restart", change };
}

/** Of "wire near far 9000", "network x". A wire's far end may be another one. */
function takeApart(plugged: string): { readonly into: string; readonly mtu: string } {
  const [kind = "", into = "", ...rest] = plugged.split(" ");
  const mtu = kind === "wire" ? rest[1] : rest[0];
  return { into: `${kind} ${into}`, mtu: kind === "udp" || mtu === undefined ? "1500" : mtu };
}

/** Of what a node's metadata record of its cables: where they lead, and their state. */
export function peersFacet(links: readonly LinkRecord[]): Facet {
  const value = createHash("sha256").update(JSON.stringify(links)).digest("hex").slice(0, 16);
  return { name: "peers", value, cost: "update", change: "cables renamed", quiet: true };
}

export interface FacetChanges {
  readonly cost: Cost;
  /** One text a change, such as "memory 1024 MiB -> 2048 MiB". */
  readonly reasons: readonly string[];
  readonly names: ReadonlySet<string>;
}

/** What differs between the facets that a domain was made from and those that are desired. */
export function compareFacets(before: ReadonlyMap<string, string>, desired: readonly Facet[]): FacetChanges {
  const changed = desired.filter((facet) => before.get(facet.name) !== facet.value);
  const wanted = new Set(desired.map((facet) => facet.name));
  const gone = [...before.keys()].filter((name) => !wanted.has(name));
  const ranks: readonly Cost[] = ["update", "restart", "replace"];
  const costs = [...changed.map((facet) => facet.cost), ...gone.map((): Cost => "restart")];
  const telling = changed.filter((facet) => facet.quiet !== true);
  return {
    cost: ranks[Math.max(0, ...costs.map((cost) => ranks.indexOf(cost)))] ?? "restart",
    reasons: [
      ...(telling.length + gone.length === 0 ? changed : telling).map((facet) => reason(facet, before.get(facet.name))),
      ...gone.map((name) => `${name} removed`),
    ],
    names: new Set([...changed.map((facet) => facet.name), ...gone]),
  };
}

function reason(facet: Facet, before: string | undefined): string {
  if (typeof facet.change === "function") return facet.change(before);
  if (facet.change !== undefined) return facet.change;
  return before === undefined
    ? `${facet.name} ${facet.value}`
    : `${facet.name} ${before === "" ? "none" : before} -> ${facet.value === "" ? "none" : facet.value}`;
}
