import type { LabServices } from "../contracts.js";
import type { Problem, Step } from "../events.js";
import type { LabIdentity } from "../identity/index.js";
import type { Consent, NodeBoot, PlannedStep } from "./operations.js";
import type { PowerAction } from "./power.js";

/** What a run would do. Empty `steps`: the host is as the manifest says. */
export interface Plan {
  readonly lab: string;
  readonly uri: string;
  readonly steps: readonly Step[];
  readonly warnings: readonly Problem[];
  /** Nodes that the plan restarts, or whose disk it replaces. */
  readonly consents: readonly Consent[];
}

/** The part of a plan that is nobody's to see: definitions, seeds and the lab's secret. */
export interface PlanWork {
  readonly purpose: "up" | "destroy" | "link" | PowerAction;
  readonly identity: LabIdentity;
  /** UUID of the lab's pool. */
  readonly pool: string;
  readonly steps: readonly PlannedStep[];
  /** All nodes of the lab, by name. */
  readonly boots: ReadonlyMap<string, NodeBoot>;
  /** Names of nodes that run and are ready, so that nothing needs to be waited for. */
  readonly ready: ReadonlySet<string>;
  /** Names of nodes that run and have not become ready. */
  readonly booting: ReadonlySet<string>;
  /** Seconds for every node; undefined: what each model says. */
  readonly readyTimeout: number | undefined;
  readonly services: LabServices | undefined;
  /**
   * For destroy: what is still there. A daemon finishes the last call of a client that was killed, so something may appear
   * after the host was looked at.
   */
  readonly remaining: (() => Promise<readonly PlannedStep[]>) | undefined;
}

const works = new WeakMap<Plan, PlanWork>();

export function createPlan(
  work: PlanWork,
  facts: { readonly uri: string; readonly warnings: readonly Problem[]; readonly consents: readonly Consent[] },
): Plan {
  const plan: Plan = { lab: work.identity.lab, steps: work.steps.map(({ step }) => step), ...facts };
  works.set(plan, work);
  return plan;
}

/** @throws TypeError for an object that was not made here. */
export function workOf(plan: Plan): PlanWork {
  const work = works.get(plan);
  if (work === undefined) throw new TypeError("a plan must be the very object that planLab or planDestroy returned");
  return work;
}
