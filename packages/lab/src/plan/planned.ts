import type { Action, ResourceKind, Step } from "../events.js";
import type { Operation, PlannedStep } from "./operations.js";

/** A step with an id of its own: in a plan, no resource meets the same action twice. */
export function planned(
  action: Action,
  resource: ResourceKind,
  name: string,
  reason: string,
  operation: Operation,
  after: readonly string[],
  node?: string,
): PlannedStep {
  const id = `${resource}/${name}/${action}`;
  const step: Step = { id, action, resource, name, reason, ...(node === undefined ? {} : { node }) };
  return { step, operation, after };
}

export function ids(steps: readonly PlannedStep[]): readonly string[] {
  return steps.map(({ step }) => step.id);
}
