import type { Action, Plan, Step } from "@labscape/lab";
import type { ChalkInstance } from "chalk";
import { counted } from "./table.js";

const SIGNS: Readonly<Record<Action, string>> = {
  create: "+",
  start: "+",
  update: "~",
  restart: "!",
  replace: "±",
  resume: "+",
  suspend: "-",
  stop: "-",
  remove: "-",
};

/** A plan as people read it: one line a step, then the sum. */
export function planText(plan: Pick<Plan, "lab" | "uri" | "steps" | "warnings">, chalk: ChalkInstance): string {
  const head = `Lab ${chalk.bold(plan.lab)} on ${plan.uri}`;
  const warnings = plan.warnings.map(
    (warning) => chalk.yellow(`warning: ${warning.message}`) + (warning.mend === "" ? "" : `\n  ${warning.mend}`),
  );
  if (plan.steps.length === 0) return [head, ...warnings, "Nothing to do: the host matches the manifest."].join("\n");
  const kind = Math.max(...plan.steps.map((step) => step.resource.length));
  const name = Math.max(...plan.steps.map((step) => step.name.length));
  const lines = plan.steps.map((step) =>
    stepColour(
      chalk,
      step.action,
    )(
      `  ${SIGNS[step.action]} ${step.action.padEnd(7)} ${step.resource.padEnd(kind)}  ${step.name.padEnd(name)}  ${step.reason}`.trimEnd(),
    ),
  );
  return [head, ...warnings, ...lines, planSummary(plan.steps)].join("\n");
}

/** "3 to create, 1 to remove". */
export function planSummary(steps: readonly Step[]): string {
  const actions = Object.keys(SIGNS).filter((action) => steps.some((step) => step.action === action));
  const parts = actions.map((action) => `${steps.filter((step) => step.action === action).length} to ${action}`);
  return `${counted(steps.length, "step")}: ${parts.join(", ")}.`;
}

function stepColour(chalk: ChalkInstance, action: Action): ChalkInstance {
  switch (action) {
    case "create":
    case "start":
    case "resume":
      return chalk.green;
    case "update":
    case "restart":
    case "replace":
      return chalk.yellow;
    case "stop":
    case "suspend":
    case "remove":
      return chalk.red;
  }
}
