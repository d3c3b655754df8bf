import { applyPlan, type ApplyOptions, type Host, type Outcome, type Plan } from "@labscape/lab";
import { Exit, UsageError, type ExitCode } from "./exit.js";
import { colours, confirm, print, type Io } from "./io.js";
import { planText } from "./output/plan.js";
import { progressFor } from "./output/progress.js";

export interface CarryOutOptions {
  /** Name of the command, for the error that tells to give --yes. */
  readonly command: string;
  /** Asked before anything changes, unless `yes`. */
  readonly question: string;
  readonly yes: boolean;
  readonly json: boolean;
  readonly wait: NonNullable<ApplyOptions["wait"]>;
  readonly rollback?: boolean;
}

/** Shows a plan, asks, and carries it out in sight. Undefined when the answer is no. @throws UsageError without a terminal to ask on. */
export async function carryOut(io: Io, plan: Plan, host: Host, options: CarryOutOptions): Promise<Outcome | undefined> {
  const { command, question, yes, json, wait, rollback } = options;
  if (!json) print(io, planText(plan, colours(io)));
  if (plan.steps.length > 0 && !yes) {
    const answer = await confirm(io, question);
    if (answer === undefined) {
      throw new UsageError(
        `\`${command}\` asks before it changes anything; there is no terminal to ask on, so give --yes`,
      );
    }
    if (!answer) return undefined;
  }
  return runPlan(io, plan, host, json, { wait, ...(rollback === true ? { rollback } : {}) });
}

/** Carries a plan out in sight, without a question. */
export async function runPlan(
  io: Io,
  plan: Plan,
  host: Host,
  json: boolean,
  options: Pick<ApplyOptions, "wait" | "rollback">,
): Promise<Outcome> {
  const progress = progressFor(io, json, plan.steps.length);
  try {
    return await applyPlan(plan, host, {
      onEvent: (event) => progress.onEvent(event),
      signal: io.signal,
      ...options,
    });
  } finally {
    progress.stop();
  }
}

export function exitOf(outcome: Outcome): ExitCode {
  switch (outcome.outcome) {
    case "done":
      return Exit.done;
    case "failed":
      return Exit.failed;
    case "cancelled":
      return Exit.cancelled;
  }
}
