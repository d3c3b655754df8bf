import type { Plan, Step } from "@labscape/lab";

const SIGNS: Readonly<Record<Step["action"], string>> = {
  create: "+",
  start: "+",
  update: "!",
  restart: "!",
  replace: "!",
  remove: "-",
  stop: "-",
  suspend: "-",
  resume: "+",
};

/** A plan as a person reads it: one line a step, in the marks of a diff. */
export function planText(plan: Plan): string {
  const heading = `# ${plan.lab} on ${plan.uri}`;
  if (plan.steps.length === 0) return `${heading}\n\n# The host is as the manifest says. There is nothing to do.\n`;
  const width = (pick: (step: Step) => string): number => Math.max(...plan.steps.map((step) => pick(step).length));
  const action = width((step) => step.action);
  const resource = width((step) => step.resource);
  const name = width((step) => step.name);
  const lines = plan.steps.map((step) =>
    [
      SIGNS[step.action],
      step.action.padEnd(action),
      step.resource.padEnd(resource),
      step.name.padEnd(name),
      step.reason,
    ]
      .join(" ")
      .trimEnd(),
  );
  const warnings = plan.warnings.flatMap(({ message, mend }) => [
    `# Warning: ${message}`,
    ...(mend ? [`#   ${mend}`] : []),
  ]);
  const consents = plan.consents.map(({ node, action: what, reason }) => `# ${node} needs a ${what}: ${reason}`);
  const notes = [...warnings, ...consents];
  return `${[heading, "", ...lines, ...(notes.length === 0 ? [] : ["", ...notes])].join("\n")}\n`;
}

/** What a plan does to nodes, in the order that matters to a person; other resources are only counted. */
export interface PlanSummary {
  readonly create: readonly string[];
  readonly change: readonly string[];
  readonly restart: readonly string[];
  readonly start: readonly string[];
  readonly remove: readonly string[];
  /** Steps on networks, links, pools and volumes. */
  readonly others: number;
}

export function summarize(plan: Plan): PlanSummary {
  const nodes = new Map<string, Set<Step["action"]>>();
  let others = 0;
  for (const { resource, action, name, node = name } of plan.steps) {
    if (resource !== "domain") others += 1;
    else nodes.set(node, (nodes.get(node) ?? new Set()).add(action));
  }
  const doing = (wanted: (actions: ReadonlySet<Step["action"]>) => boolean): readonly string[] =>
    [...nodes].filter(([, actions]) => wanted(actions)).map(([name]) => name);
  const first = (action: Step["action"], before: readonly Step["action"][]): readonly string[] =>
    doing((actions) => actions.has(action) && !before.some((other) => actions.has(other)));
  return {
    create: doing((actions) => actions.has("create")),
    remove: first("remove", ["create"]),
    restart: doing((actions) => !actions.has("create") && (actions.has("restart") || actions.has("replace"))),
    change: first("update", ["create", "restart", "replace"]),
    start: first("start", ["create", "restart", "replace", "update"]),
    others,
  };
}
