import { cableFacetName, type DesiredDomain } from "../desire/index.js";
import { resourceElement, type LinkRecord, type ResourceMetadata } from "../identity/index.js";
import { endpointText, linkKey } from "../links/index.js";
import type { ObservedDomain } from "../observe/index.js";
import { toXml } from "../xml.js";
import type { PlannedStep, ReplugPart } from "./operations.js";
import { planned } from "./planned.js";

/** A running domain's share in plugging wires over. */
export interface Replug extends ReplugPart {
  readonly taps: readonly string[];
  /** Keys of the links that it had and gets. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What no cable is recorded as: the next plan finds it changed, whatever its manifest says. */
const UNDER_WAY = "being plugged over";

/**
 * Undefined where none of the domain's wires leads elsewhere than before.
 * @param changed names of its facets that change; all of them can while it runs.
 */
export function replugOf(
  { uuid, nics, metadata }: DesiredDomain,
  known: ObservedDomain,
  changed: ReadonlySet<string>,
): Replug | undefined {
  const moved = nics.filter(({ tap, name }) => tap !== undefined && changed.has(cableFacetName(name)));
  if (moved.length === 0) return undefined;
  const facets = new Map(known.metadata.facets);
  for (const { name } of moved) facets.set(cableFacetName(name), UNDER_WAY);
  const pending: ResourceMetadata = { ...known.metadata, hash: "", facets };
  const names = new Set(moved.map(({ name }) => name));
  const keys = (links: readonly LinkRecord[]): readonly string[] =>
    links
      .filter(({ type, portName }) => type === "wire" && names.has(portName))
      .map(({ portName, peer }) => linkKey(endpointText({ node: metadata.name, portName }), peer));
  return {
    uuid,
    pending: toXml("resource", resourceElement(pending)),
    resource: toXml("resource", resourceElement(metadata)),
    unplugged: moved.map(({ xml }) => toXml("interface", { ...xml, link: { "@state": "down" } })),
    taps: moved.flatMap(({ tap }) => tap ?? []),
    before: keys(known.metadata.links),
    after: keys(metadata.links),
  };
}

/** One step for all of them: a cable has two ends, and both must agree before its taps are joined. */
export function replugSteps(parts: readonly Replug[]): readonly PlannedStep[] {
  if (parts.length === 0) return [];
  const [before, after] = [new Set(parts.flatMap((part) => part.before)), new Set(parts.flatMap((part) => part.after))];
  const reasons = [
    ...[...before].filter((key) => !after.has(key)).map((key) => `${key} unplugged`),
    ...[...after].filter((key) => !before.has(key)).map((key) => `${key} plugged in`),
  ];
  const reason = reasons.length === 0 ? "a run was cut off" : reasons.join(", ");
  const domains = parts.map(({ uuid, pending, resource, unplugged }) => ({ uuid, pending, resource, unplugged }));
  const taps = parts.flatMap((part) => part.taps);
  return [planned("update", "link", "wires", reason, { kind: "replug-wires", domains, taps }, [])];
}
