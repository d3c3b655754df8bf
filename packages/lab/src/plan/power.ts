import type { LabNode } from "@labscape/topology";
import { LabError } from "../errors.js";
import type { LabIdentity } from "../identity/index.js";
import { inNodeOrder, labelOf, type ObservedDomain, type ObservedLab } from "../observe/index.js";
import type { Operation, PlannedStep } from "./operations.js";
import { ids, planned } from "./planned.js";

/** What the power commands do to nodes that are there; none changes a definition. */
export type PowerAction = "down" | "start" | "restart" | "suspend" | "resume" | "autostart on" | "autostart off";

export interface PowerRequest {
  readonly action: PowerAction;
  /** Names; empty: all nodes of the lab. */
  readonly nodes: readonly string[];
  /** Seconds that a guest gets to shut itself down. */
  readonly patience: number;
  /** Of the manifest, where there is one: their order is kept. */
  readonly known: readonly LabNode[];
  /** UUIDs of the domains that libvirt starts with the host. */
  readonly autostarted: ReadonlySet<string>;
}

/**
 * The steps of a power command; none where all nodes are as wanted.
 * @throws LabError `unknown-node` for a name that the lab does not have on this host.
 */
export function diffPower(observed: ObservedLab, identity: LabIdentity, request: PowerRequest): readonly PlannedStep[] {
  const domains = chosen(observed, identity, request.nodes);
  const stops = (conditions: readonly string[]): readonly PlannedStep[] => stopSteps(domains, conditions, request);
  switch (request.action) {
    case "down":
      return stops(["running", "paused"]);
    case "start":
      return startSteps(domains, observed, request, []);
    case "restart": {
      const stopped = stops(["running", "paused"]);
      return [...stopped, ...startSteps(domains, observed, request, stopped)];
    }
    case "suspend":
      return domains
        .filter(({ condition }) => condition === "running")
        .map((domain) => domainStep("suspend", domain, "running", { kind: "suspend-domain", uuid: domain.uuid }));
    case "resume":
      return domains
        .filter(({ condition }) => condition === "paused")
        .map((domain) => domainStep("resume", domain, "suspended", { kind: "resume-domain", uuid: domain.uuid }));
    case "autostart on":
    case "autostart off": {
      const autostart = request.action === "autostart on";
      return domains
        .filter(({ uuid }) => request.autostarted.has(uuid) !== autostart)
        .map((domain) =>
          domainStep("update", domain, `autostart ${autostart ? "off -> on" : "on -> off"}`, {
            kind: "set-autostart",
            uuid: domain.uuid,
            autostart,
          }),
        );
    }
  }
}

function chosen({ domains }: ObservedLab, { lab }: LabIdentity, names: readonly string[]): readonly ObservedDomain[] {
  const present = [...new Set(domains.map(({ metadata }) => metadata.name))].sort();
  if (present.length === 0) {
    throw new LabError("lab-not-deployed", `nothing of the lab ${lab} is on this host`, "Deploy it: labscape up");
  }
  const missing = names.find((name) => !present.includes(name));
  if (missing !== undefined) {
    throw new LabError(
      "unknown-node",
      `the lab ${lab} has no node ${missing} on this host`,
      `It has ${present.join(", ")}. A node that is new in the manifest is made by \`labscape up\`.`,
    );
  }
  return inNodeOrder(domains.filter(({ metadata }) => names.length === 0 || names.includes(metadata.name)));
}

/** Nodes go down before those that they depend on. */
function stopSteps(
  domains: readonly ObservedDomain[],
  conditions: readonly string[],
  { patience, known }: PowerRequest,
): readonly PlannedStep[] {
  const steps = domains
    .filter(({ condition }) => conditions.includes(condition))
    .map((domain) => {
      const { uuid, condition } = domain;
      return domainStep("stop", domain, condition === "paused" ? "suspended" : condition, {
        kind: "shut-down-domain",
        uuid,
        patience,
      });
    });
  return steps.map((one) => {
    const dependents = known.filter(({ dependsOn }) => dependsOn.includes(one.step.node ?? "")).map(({ name }) => name);
    return { ...one, after: ids(steps.filter(({ step }) => dependents.includes(step.node ?? ""))) };
  });
}

/** With what they need: after a restart of the host, the lab's pool and its networks may be down, too. */
function startSteps(
  domains: readonly ObservedDomain[],
  observed: ObservedLab,
  { known }: PowerRequest,
  stopped: readonly PlannedStep[],
): readonly PlannedStep[] {
  const pending = new Set(stopped.map(({ step }) => step.name));
  const off = domains.filter((domain) => domain.condition !== "running" || pending.has(labelOf(domain)));
  if (off.length === 0) return [];
  const { pool } = observed;
  const needs = [
    ...(pool === undefined || pool.active
      ? []
      : [planned("start", "pool", pool.name, "stopped", { kind: "start-pool", uuid: pool.uuid }, [])]),
    ...observed.networks
      .filter(({ active }) => !active)
      .map(({ uuid, metadata }) =>
        planned(
          "start",
          metadata.role === "link" ? "link" : "network",
          metadata.role === "management" ? metadata.role : metadata.name,
          "stopped",
          { kind: "start-network", uuid },
          [],
        ),
      ),
  ];
  const starting = new Map(
    off.filter(({ metadata }) => metadata.main).map((domain) => [domain.metadata.name, labelOf(domain)]),
  );
  const starts = off.map((domain) => {
    const { uuid, condition, metadata } = domain;
    const { name, sshPort } = metadata;
    const machine = labelOf(domain);
    const dependencies = known.find((node) => node.name === name)?.dependsOn ?? [];
    const operation: Operation = { kind: "start-domain", uuid, sshPort };
    return planned(
      "start",
      "domain",
      machine,
      pending.has(machine) ? "restart" : condition === "paused" ? "suspended" : condition,
      operation,
      [
        ...ids(needs),
        ...ids(stopped.filter(({ step }) => step.name === machine)),
        ...dependencies.flatMap((other) => starting.get(other) ?? []).map((other) => `domain/${other}/start`),
      ],
      name,
    );
  });
  return [...needs, ...starts];
}

function domainStep(
  action: PlannedStep["step"]["action"],
  domain: ObservedDomain,
  reason: string,
  operation: Operation,
): PlannedStep {
  return planned(action, "domain", labelOf(domain), reason, operation, [], domain.metadata.name);
}
