import { SECRET_VOLUME, type DesiredLab } from "../desire/index.js";
import { directoryName, resourceUuid, type LabIdentity } from "../identity/index.js";
import type { ObservedLab } from "../observe/index.js";
import { planDomain, removeDomain, type NodeContext } from "./diff-domain.js";
import { planNetwork, removeNetwork } from "./diff-network.js";
import type { Consent, Operation, PlannedStep } from "./operations.js";
import { ids, planned } from "./planned.js";
import { replugSteps } from "./replug.js";

export interface LabDifference {
  readonly steps: readonly PlannedStep[];
  readonly consents: readonly Consent[];
}

/** The steps from what a host has of a lab to what the lab should be; none when they are the same. */
export function diffLab(desired: DesiredLab, observed: ObservedLab): LabDifference {
  const pool = planPool(desired, observed);
  const poolReady = ids(pool);
  const replacedNetworks = new Set<string>();
  const networkPlans = desired.networks.map((network) => {
    const known = observed.networks.find(({ uuid }) => uuid === network.uuid);
    if (known !== undefined && known.metadata.hash !== network.hash) replacedNetworks.add(network.name);
    return { network, known };
  });

  const context: NodeContext = { desired, observed, poolReady, replacedNetworks };
  const known = new Map(observed.domains.map((domain) => [domain.uuid, domain]));
  const nodes = desired.domains.map((domain) => planDomain(domain, known.get(domain.uuid), context));
  const wanted = new Set(desired.domains.map(({ uuid }) => uuid));
  const goneDomains = observed.domains
    .filter(({ uuid }) => !wanted.has(uuid))
    .map((domain) => removeDomain(domain, desired.pool.uuid, "not in the manifest"));

  const stopped = [...nodes.flatMap(({ stops }) => stops), ...ids(goneDomains)];
  const networks = networkPlans.flatMap(({ network, known }) => planNetwork(network, known, stopped));
  const wantedNetworks = new Set(desired.networks.map(({ uuid }) => uuid));
  const definitions = nodes.flatMap(({ steps }) => ids(steps.filter(({ step }) => step.action !== "start")));
  const goneNetworks = observed.networks
    .filter(({ uuid }) => !wantedNetworks.has(uuid))
    .map((network) => removeNetwork(network, [...definitions, ...ids(goneDomains)], "not in the manifest"));

  const replug = replugSteps(nodes.flatMap(({ replug: part }) => part ?? []));
  const starts = startOrder(
    nodes.flatMap(({ steps }) => steps),
    desired,
    { networks: ids(networks), replug: ids(replug) },
  );
  return {
    steps: [...pool, ...goneDomains, ...networks, ...replug, ...starts, ...goneNetworks],
    consents: nodes.flatMap(({ consent }) => consent ?? []),
  };
}

/** The steps that remove all that a host has of a lab. */
export function diffDestroy(observed: ObservedLab, identity: LabIdentity): readonly PlannedStep[] {
  const { pool } = observed;
  const poolUuid = resourceUuid(identity, "pool");
  const domains = observed.domains.map((domain) => removeDomain(domain, poolUuid, "destroy"));
  const networks = observed.networks.map((network) => removeNetwork(network, ids(domains), "destroy"));
  if (pool === undefined) return [...domains, ...networks];
  const operation: Operation = { kind: "remove-pool", uuid: pool.uuid, directoryName: directoryName(identity) };
  const step = planned("remove", "pool", pool.name, "destroy", operation, [...ids(domains), ...ids(networks)]);
  return [...domains, ...networks, step];
}

function planPool(desired: DesiredLab, observed: ObservedLab): readonly PlannedStep[] {
  const { pool, secret } = desired;
  const steps: PlannedStep[] = [];
  if (observed.pool?.active !== true) {
    const operation: Operation = { kind: "create-pool", uuid: pool.uuid, xml: pool.xml };
    const action = observed.pool === undefined ? "create" : "start";
    steps.push(planned(action, "pool", pool.name, observed.pool === undefined ? "new" : "stopped", operation, []));
  }
  if (observed.secret === undefined && observed.pool?.active !== false) {
    const operation: Operation = { kind: "create-volume", pool: pool.uuid, volume: secret };
    steps.push(planned("create", "volume", SECRET_VOLUME, "password of the lab", operation, ids(steps)));
  }
  const kept = observed.secret?.userKeys;
  if (kept !== undefined && JSON.stringify(kept) !== JSON.stringify(desired.userKeys)) {
    const operation: Operation = { kind: "create-volume", pool: pool.uuid, volume: secret };
    steps.push(planned("replace", "volume", SECRET_VOLUME, "ssh keys of the user", operation, ids(steps)));
  }
  return steps;
}

/**
 * Starts and new cables come after all networks, starts also after those of the nodes that they depend on. A domain's
 * definition says that its wires are plugged over once they are.
 */
function startOrder(
  steps: readonly PlannedStep[],
  desired: DesiredLab,
  { networks, replug }: { readonly networks: readonly string[]; readonly replug: readonly string[] },
): readonly PlannedStep[] {
  const main = new Set(desired.domains.filter((domain) => domain.main).map(({ uuid }) => uuid));
  const starts = new Map(
    steps.flatMap(({ step, operation }) =>
      operation.kind === "start-domain" && main.has(operation.uuid) ? [[step.node ?? "", step.id] as const] : [],
    ),
  );
  const nodes = new Map(desired.domains.map(({ node }) => [node.name, node]));
  return steps.map((planned) => {
    if (planned.operation.kind === "update-domain") {
      return { ...planned, after: [...planned.after, ...networks, ...replug] };
    }
    if (planned.operation.kind !== "start-domain") return planned;
    const dependencies = nodes.get(planned.step.node ?? "")?.dependsOn ?? [];
    const before = dependencies.flatMap((name) => starts.get(name) ?? []);
    return { ...planned, after: [...planned.after, ...networks, ...before] };
  });
}
