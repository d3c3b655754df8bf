import type { ResolvedLab } from "@labscape/topology";
import { ListDomainsFlag } from "node-libvirt";
import type { LabServices } from "../contracts.js";
import { toLabError, type Host } from "../host/index.js";
import { labIdentity, machineLabel, resourceUuid } from "../identity/index.js";
import { observeLab, readyDomains, surveyHost } from "../observe/index.js";
import type { NodeBoot } from "./operations.js";
import { createPlan, type Plan } from "./plan.js";
import { diffPower, type PowerAction } from "./power.js";

/** Seconds that a guest gets to shut itself down before it is powered off. */
const PATIENCE = 30;

export interface PowerOptions {
  readonly lab: string;
  /** Default: the user. */
  readonly owner?: string;
  readonly action: PowerAction;
  /** Names; none or empty: all nodes of the lab. */
  readonly nodes?: readonly string[];
  /** Seconds that a guest gets to shut itself down before it is powered off; 0 powers it off at once. Default: 30. */
  readonly patience?: number;
  /** What the manifest says, where there is one: `depends_on` is kept, and a start waits until its nodes are ready. */
  readonly manifest?: { readonly lab: ResolvedLab; readonly services: LabServices };
}

/**
 * The steps that a power command takes with the nodes that a host has of a lab; none when all are as wanted. Definitions
 * stay as they are: what the manifest says meanwhile is the affair of `planLab`.
 *
 * @throws LabError `lab-not-deployed`, `unknown-node`.
 */
export async function planPower(host: Host, options: PowerOptions): Promise<Plan> {
  try {
    return await plan(host, options);
  } catch (error) {
    throw toLabError(error, `looking at ${options.lab}`);
  }
}

async function plan(host: Host, options: PowerOptions): Promise<Plan> {
  const { connection } = host;
  const { action, nodes = [], patience = PATIENCE, manifest } = options;
  const identity = labIdentity(options.owner ?? host.owner, options.lab);
  const [survey, autostarted] = await Promise.all([
    surveyHost(connection),
    connection.listAllDomains(ListDomainsFlag.AUTOSTART),
  ]);
  const observed = await observeLab(connection, survey, identity);
  const steps = diffPower(observed, identity, {
    action,
    nodes,
    patience,
    known: manifest?.lab.nodes ?? [],
    autostarted: new Set(autostarted.map(({ uuid }) => uuid)),
  });
  const starts = new Set(
    steps.flatMap(({ step, operation }) => (operation.kind === "start-domain" ? [step.node ?? ""] : [])),
  );
  const boots = observed.domains.flatMap(({ uuid, name, metadata }): readonly NodeBoot[] => {
    const node = manifest?.lab.nodes.find((one) => one.name === metadata.name);
    if (node === undefined || !metadata.main || !(starts.has(node.name) || isAskedToRun(node.name))) return [];
    const label = machineLabel(node.name, metadata.member);
    return [{ node, label, uuid, name, address: metadata.address, sshPort: metadata.sshPort }];
  });
  const running = observed.domains.filter(({ condition }) => condition === "running");
  const uuids = new Set(running.map(({ uuid }) => uuid));
  const marked = await readyDomains(survey.domains.filter(({ uuid }) => uuids.has(uuid)));
  const names = (wanted: boolean): ReadonlySet<string> =>
    new Set(
      running
        .filter(
          ({ uuid, metadata }) =>
            metadata.main && marked.has(uuid) === wanted && boots.some(({ node }) => node.name === metadata.name),
        )
        .map(({ metadata }) => metadata.name),
    );
  return createPlan(
    {
      purpose: action,
      identity,
      pool: resourceUuid(identity, "pool"),
      steps,
      boots: new Map(boots.map((boot) => [boot.node.name, boot])),
      // A node that is restarted is not ready until it is again.
      ready: new Set([...names(true)].filter((name) => !starts.has(name))),
      booting: new Set([...names(false)].filter((name) => !starts.has(name))),
      readyTimeout: manifest?.lab.readyTimeout,
      services: manifest?.services,
      remaining: undefined,
    },
    { uri: host.uri, warnings: [], consents: [] },
  );

  /** `start` waits also for nodes that run and are not ready yet. */
  function isAskedToRun(name: string): boolean {
    return action === "start" && (nodes.length === 0 || nodes.includes(name));
  }
}
