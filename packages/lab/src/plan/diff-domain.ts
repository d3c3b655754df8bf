import { posix } from "node:path";
import {
  cableFacetName,
  compareFacets,
  isOwnVolume,
  volumePrefix,
  type DesiredDomain,
  type DesiredLab,
  type DesiredVolume,
  type FacetChanges,
} from "../desire/index.js";
import { machineLabel } from "../identity/index.js";
import type { ObservedDomain, ObservedLab } from "../observe/index.js";
import { toXml } from "../xml.js";
import type { Consent, Operation, PlannedStep } from "./operations.js";
import { ids, planned } from "./planned.js";
import { replugOf, type Replug } from "./replug.js";

export interface NodePlan {
  readonly steps: readonly PlannedStep[];
  readonly consent: Consent | undefined;
  /** Ids of the steps after which the running node is stopped. */
  readonly stops: readonly string[];
  /** Its cables of type `wire` that are plugged over while it runs. */
  readonly replug?: Replug;
}

export interface NodeContext {
  readonly desired: DesiredLab;
  readonly observed: ObservedLab;
  readonly poolReady: readonly string[];
  readonly replacedNetworks: ReadonlySet<string>;
}

export function planDomain(domain: DesiredDomain, known: ObservedDomain | undefined, context: NodeContext): NodePlan {
  if (known === undefined) return newDomain(domain, context);
  const replugged = domain.networks.some((network) => context.replacedNetworks.has(network));
  const changes = domain.hash === known.metadata.hash ? undefined : compareFacets(known.metadata.facets, domain.facets);
  const off = known.condition === "stopped" || known.condition === "failed";
  if (changes === undefined && !replugged) {
    const start = off || known.condition === "paused" ? [startStep(domain, known.condition, [])] : [];
    return { steps: start, consent: undefined, stops: [] };
  }
  if (changes?.cost === "update" && !replugged) return updatedDomain(domain, known, changes, off);
  return restartedDomain(domain, known, changes, context);
}

function newDomain(domain: DesiredDomain, context: NodeContext): NodePlan {
  const { pool } = context.desired;
  const { label } = domain;
  const node = domain.node.name;
  const volumes = domain.volumes.map((volume) =>
    volumeStep("create", domain, volume, "new", context, context.poolReady),
  );
  const drop = leftovers(domain, context);
  const operation: Operation = {
    kind: "define-domain",
    uuid: domain.uuid,
    xml: domain.xml,
    pool: pool.uuid,
    drop,
  };
  const define = planned("create", "domain", label, "new", operation, [...context.poolReady, ...ids(volumes)], node);
  return {
    steps: [...volumes, define, startStep(domain, "new", ids([define]))],
    consent: undefined,
    stops: [],
  };
}

function updatedDomain(domain: DesiredDomain, known: ObservedDomain, changes: FacetChanges, off: boolean): NodePlan {
  const { label } = domain;
  const node = domain.node.name;
  const nics = domain.nics.filter(
    (nic) => changes.names.has(`link ${nic.name}`) || (nic.hot && changes.names.has(cableFacetName(nic.name))),
  );
  const operation: Operation = {
    kind: "update-domain",
    uuid: domain.uuid,
    xml: domain.xml,
    nics: off ? [] : nics.map((nic) => toXml("interface", nic.xml)),
    description: changes.names.has("description")
      ? domain.facets.find(({ name }) => name === "description")?.value
      : undefined,
  };
  const update = planned("update", "domain", label, changes.reasons.join(", "), operation, [], node);
  const start = off || known.condition === "paused" ? [startStep(domain, known.condition, ids([update]))] : [];
  const replug = off ? undefined : replugOf(domain, known, changes.names);
  return { steps: [update, ...start], consent: undefined, stops: [], ...(replug === undefined ? {} : { replug }) };
}

function restartedDomain(
  domain: DesiredDomain,
  known: ObservedDomain,
  changes: FacetChanges | undefined,
  context: NodeContext,
): NodePlan {
  const { pool } = context.desired;
  const { label } = domain;
  const node = domain.node.name;
  const shrinks = changes?.names.has("disk") === true && !grows(domain, known);
  const action = changes?.cost === "replace" || shrinks ? "replace" : "restart";
  const reason = changes === undefined ? "its network is replaced" : changes.reasons.join(", ");
  const kept = new Set(action === "replace" ? [] : known.disks.map((disk) => posix.basename(disk)));
  const off = known.condition === "stopped" || known.condition === "failed";
  // The definition comes last: its hash then says that all before it is done, and a run that was cut off is taken up.
  const stop = off
    ? []
    : [planned("stop", "domain", label, reason, { kind: "stop-domain", uuid: domain.uuid }, context.poolReady, node)];
  const before = [...context.poolReady, ...ids(stop)];
  const volumes = domain.volumes
    .filter((volume) => !kept.has(volume.name))
    .map((volume) =>
      volumeStep(known.disks.includes(volume.path) ? "replace" : "create", domain, volume, reason, context, before),
    );
  const boot = domain.volumes.find((volume) => volume.kind === "overlay");
  const growing = action === "restart" && changes?.names.has("disk") === true ? boot : undefined;
  const grow =
    growing === undefined
      ? []
      : [
          planned(
            "update",
            "volume",
            growing.name,
            reason,
            { kind: "grow-volume", pool: pool.uuid, volume: growing },
            before,
            node,
          ),
        ];
  const operation: Operation = {
    kind: "define-domain",
    uuid: domain.uuid,
    xml: domain.xml,
    pool: pool.uuid,
    drop: leftovers(domain, context),
  };
  const define = planned(action, "domain", label, reason, operation, [...before, ...ids([...volumes, ...grow])], node);
  return {
    steps: [...stop, ...volumes, ...grow, define, startStep(domain, action, ids([define]))],
    consent: off && action === "restart" ? undefined : { node, action, reason },
    stops: ids(stop),
  };
}

function volumeStep(
  action: "create" | "replace",
  domain: DesiredDomain,
  volume: DesiredVolume,
  reason: string,
  { desired }: NodeContext,
  after: readonly string[],
): PlannedStep {
  const operation: Operation = { kind: "create-volume", pool: desired.pool.uuid, volume };
  return planned(action, "volume", volume.name, reason, operation, after, domain.node.name);
}

/** Whether the boot disk becomes larger; a smaller one needs a new disk. */
function grows(domain: DesiredDomain, known: ObservedDomain): boolean {
  const size = (text: string | undefined): number => Number.parseFloat(text ?? "");
  const wanted = domain.facets.find((facet) => facet.name === "disk")?.value;
  return size(wanted) > size(known.metadata.facets.get("disk"));
}

/** Volumes of the node that its new definition has no use for. Console logs stay. */
function leftovers(domain: DesiredDomain, { observed }: NodeContext): readonly string[] {
  const prefix = volumePrefix(domain.label);
  const wanted = new Set(domain.volumes.map((volume) => volume.name));
  return (observed.pool?.volumes ?? []).filter(
    (name) => name.startsWith(prefix) && isOwnVolume(name) && !wanted.has(name) && !/\.log(\.\d+)?$/.test(name),
  );
}

function startStep(domain: DesiredDomain, why: string, after: readonly string[]): PlannedStep {
  const { uuid, sshPort, node, label } = domain;
  const operation: Operation = { kind: "start-domain", uuid, sshPort };
  return planned("start", "domain", label, why, operation, after, node.name);
}

export function removeDomain(domain: ObservedDomain, pool: string, reason: string): PlannedStep {
  const { name: node, member } = domain.metadata;
  const label = machineLabel(node, member);
  const operation: Operation = { kind: "remove-domain", uuid: domain.uuid, pool, volumePrefix: volumePrefix(label) };
  return planned("remove", "domain", label, reason, operation, [], node);
}
