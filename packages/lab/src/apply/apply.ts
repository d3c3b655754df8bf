import { LabError } from "../errors.js";
import type { Counts, LabEvent, Problem } from "../events.js";
import { toLabError, type Host } from "../host/index.js";
import { workOf, type NodeBoot, type Plan, type PlannedStep, type PlanWork } from "../plan/index.js";
import { awaitReady, delay, type Emit } from "./boot.js";
import { runGraph, type Task } from "./graph.js";
import { acquireLock } from "./lock.js";
import { operate } from "./operate.js";
import { rollBack } from "./rollback.js";

/** Boots at a time: all at once takes as long in total, but each boot alone is then so slow that some fail. */
const BOOTS = 2;
/** Guests that are waited for while they shut down, which costs the host nothing. */
const SHUTDOWNS = 64;
/** Other steps at a time. */
const STEPS = 8;

export interface ApplyOptions {
  readonly onEvent: (event: LabEvent) => void;
  /** Aborting ends the run after the steps that are under way. */
  readonly signal?: AbortSignal;
  /** Whether the run ends when the nodes are ready (the default) or when they are started. */
  readonly wait?: "ready" | "started";
  /** Remove what this run made when it fails or is cancelled. */
  readonly rollback?: boolean;
  /** Boots at a time. */
  readonly concurrency?: number;
}

export interface Outcome {
  readonly outcome: "done" | "failed" | "cancelled";
  readonly counts: Counts;
  /** What failed, each with its mend. */
  readonly problems: readonly Problem[];
}

/**
 * Runs a plan. A step that fails stops those that need it; the rest goes on, and a later plan takes up what is left.
 * Resolves with what became of it. @throws LabError `lab-busy` when another process works on the lab.
 */
export async function applyPlan(plan: Plan, host: Host, options: ApplyOptions): Promise<Outcome> {
  const run = new Run(host, workOf(plan), options);
  for (const problem of plan.warnings) run.emit({ type: "warning", problem });
  return run.execute();
}

class Run {
  readonly #host: Host;
  readonly #work: PlanWork;
  readonly #options: ApplyOptions;
  readonly #signal: AbortSignal;
  readonly #problems: Problem[] = [];
  readonly #begun = new Set<string>();
  readonly #ready: Set<string>;
  readonly #count = { done: 0, failed: 0, skipped: 0 };

  constructor(host: Host, work: PlanWork, options: ApplyOptions) {
    this.#host = host;
    this.#work = work;
    this.#options = options;
    this.#signal = options.signal ?? new AbortController().signal;
    this.#ready = new Set(work.ready);
  }

  readonly emit: Emit = (event) => {
    this.#options.onEvent({ ...event, time: new Date().toISOString() });
  };

  async execute(): Promise<Outcome> {
    const { steps } = this.#work;
    // The lock lies in the lab's pool, so that step comes before it. Two processes may both do it: it is idempotent.
    const first = steps.filter(({ operation }) => isPoolStep(operation));
    await this.#graph(first.flatMap((planned) => this.#tasks(planned)));
    const poolFailed = this.#count.failed > 0;
    const rest = steps.filter(({ operation }) => !isPoolStep(operation));
    if (poolFailed || this.#signal.aborted) {
      for (const { step } of rest) this.#skip(step, poolFailed ? "the lab's pool is not there" : "cancelled");
      return this.#finish();
    }
    const lock = await this.#lock();
    await this.#graph([...rest.flatMap((planned) => this.#tasks(planned)), ...this.#pendingBoots()]);
    await this.#attempt("looking for what is left", () => this.#removeRest());
    if (this.#options.rollback === true && this.#outcome() !== "done") {
      await this.#attempt("removing what this run made", () => this.#undo());
    }
    await this.#attempt("giving the lock back", () => lock.release());
    return this.#finish();
  }

  /** Once more where a destroy that went well finds something left; twice at most, since somebody else may be making it. */
  async #removeRest(): Promise<void> {
    for (let round = 0; round < 2 && this.#outcome() === "done"; round++) {
      const rest = (await this.#work.remaining?.()) ?? [];
      if (rest.length === 0) return;
      await this.#graph(rest.flatMap((planned) => this.#tasks(planned)));
    }
  }

  async #lock(): ReturnType<typeof acquireLock> {
    try {
      return await acquireLock(this.#host.connection, this.#work.pool, this.#work.purpose);
    } catch (error) {
      throw toLabError(error, `taking the lock of ${this.#work.identity.lab}`);
    }
  }

  #graph(tasks: readonly Task[]): Promise<void> {
    const lanes = new Map([
      ["boot", this.#options.concurrency ?? BOOTS],
      ["shutdown", SHUTDOWNS],
      ["pause", Infinity],
      ["step", STEPS],
    ]);
    return runGraph(tasks, { lanes, signal: this.#signal });
  }

  /** The task of a step, after one that waits where its node is to be started late. */
  #tasks(planned: PlannedStep): readonly Task[] {
    const { step, operation } = planned;
    const boot = this.#bootOf(planned);
    const after = boot === undefined ? planned.after : [...planned.after, ...this.#unready(boot)];
    const pause = boot === undefined || boot.node.startDelay === 0 ? [] : [this.#pause(step.id, after, boot)];
    const awaited = boot !== undefined && this.#waitsFor(boot) ? boot : undefined;
    return [
      ...pause,
      {
        id: step.id,
        after: [...after, ...pause.map(({ id }) => id)],
        // A node that nobody waits for takes no turn: it would give it back before it has booted.
        lane: awaited !== undefined ? "boot" : operation.kind === "shut-down-domain" ? "shutdown" : "step",
        run: async () => {
          await this.#step(planned);
          if (awaited !== undefined) await this.#boot(awaited);
        },
        skipped: (because) => this.#skip(step, because),
      },
    ];
  }

  /** The node that a step starts. Of a device of several virtual machines, the main one stands for it. */
  #bootOf({ step, operation }: PlannedStep): NodeBoot | undefined {
    if (operation.kind !== "start-domain") return undefined;
    const boot = this.#work.boots.get(step.node ?? "");
    return boot?.uuid === operation.uuid ? boot : undefined;
  }

  #pause(stepId: string, after: readonly string[], { node }: NodeBoot): Task {
    return {
      id: `delay/${stepId}`,
      after,
      lane: "pause",
      run: () => delay(node.startDelay, this.#signal),
      skipped: () => undefined,
    };
  }

  async #step({ step, operation }: PlannedStep): Promise<void> {
    const started = performance.now();
    this.#begun.add(step.id);
    this.emit({ type: "step-started", step });
    try {
      await operate(this.#host.connection, operation, this.#signal, (progress) =>
        this.emit({ type: "step-progress", step, ...progress }),
      );
    } catch (error) {
      if (error instanceof LabError && error.code === "cancelled") {
        this.#skip(step, "cancelled");
        throw error;
      }
      const { problem } = toLabError(error, `${step.action} ${step.resource} ${step.name}`);
      this.#count.failed++;
      this.#problems.push(problem);
      this.emit({ type: "step-failed", step, error: problem });
      throw error;
    }
    this.#count.done++;
    this.emit({ type: "step-done", step, milliseconds: Math.round(performance.now() - started) });
  }

  #skip(step: PlannedStep["step"], because: string): void {
    this.#count.skipped++;
    this.emit({ type: "step-skipped", step, because });
  }

  async #boot(boot: NodeBoot): Promise<void> {
    try {
      await awaitReady(this.#host, this.#work, boot, this.emit, this.#signal);
      this.#ready.add(boot.node.name);
    } catch (error) {
      if (error instanceof LabError && error.code !== "cancelled") this.#problems.push(error.problem);
      throw error;
    }
  }

  /** Nodes that an earlier run started and did not see become ready. */
  #pendingBoots(): readonly Task[] {
    const started = new Set(
      this.#work.steps.flatMap(({ step, operation }) =>
        ["start-domain", "stop-domain", "shut-down-domain"].includes(operation.kind) ? (step.node ?? []) : [],
      ),
    );
    return [...this.#work.boots.values()]
      .filter((boot) => this.#work.booting.has(boot.node.name) && !started.has(boot.node.name) && this.#waitsFor(boot))
      .map((boot) => ({
        id: bootId(boot.node.name),
        after: [],
        lane: "boot",
        run: () => this.#boot(boot),
        skipped: () => undefined,
      }));
  }

  /** Tasks of nodes that must become ready before this one starts, and run already. */
  #unready({ node }: NodeBoot): readonly string[] {
    return node.dependsOn.filter((name) => this.#work.booting.has(name)).map(bootId);
  }

  #waitsFor({ node }: NodeBoot): boolean {
    if (this.#options.wait !== "started") return true;
    return [...this.#work.boots.values()].some((other) => other.node.dependsOn.includes(node.name));
  }

  #undo(): Promise<void> {
    const begun = this.#work.steps.filter(({ step }) => this.#begun.has(step.id));
    return rollBack(this.#host.connection, this.#work.identity, begun);
  }

  /** What fails beside the steps is a problem of the run, too; a connection that was lost has been told already. */
  async #attempt(doing: string, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      const { problem } = toLabError(error, doing);
      if (!this.#problems.some(({ code }) => code === "connection-lost")) this.#problems.push(problem);
    }
  }

  #outcome(): Outcome["outcome"] {
    if (this.#problems.length > 0) return "failed";
    return this.#signal.aborted ? "cancelled" : "done";
  }

  #finish(): Outcome {
    const outcome = this.#outcome();
    const counts = { ...this.#count, ready: this.#ready.size, nodes: this.#work.boots.size };
    this.emit({ type: "finished", outcome, counts });
    return { outcome, counts, problems: this.#problems };
  }
}

function isPoolStep({ kind }: PlannedStep["operation"]): boolean {
  return kind === "create-pool" || kind === "start-pool";
}

function bootId(node: string): string {
  return `boot/${node}`;
}
