import type { LabEvent, Problem, Step } from "@labscape/lab";

/** Characters of what a booting node says that a notification has room for. */
const PHASE_LENGTH = 36;

/** What is said of a run, in the editor's language. */
export interface ProgressWords {
  readonly ready: (ready: number, nodes: number) => string;
  readonly doing: (action: Step["action"], name: string) => string;
}

/** How far a run is, kept from its events. */
export class RunProgress {
  readonly #steps: number;
  readonly #nodes: ReadonlySet<string>;
  readonly #running = new Map<string, Step>();
  readonly #booting = new Map<string, string>();
  readonly #ready = new Set<string>();
  readonly problems: Problem[] = [];

  /** @param steps of the plan that is run */
  constructor(steps: readonly Step[]) {
    this.#steps = steps.length;
    const boots = steps.filter(({ resource, action }) => resource === "domain" && action === "start");
    this.#nodes = new Set(boots.map(({ node, name }) => node ?? name));
  }

  /** @returns how much of the whole this event was, in per cent */
  note(event: LabEvent): number {
    switch (event.type) {
      case "step-started":
        this.#running.set(event.step.id, event.step);
        return 0;
      case "step-failed":
        this.problems.push(event.error);
        return this.#end(event.step);
      case "step-done":
      case "step-skipped":
        return this.#end(event.step);
      case "booting":
        this.#booting.set(event.node, event.phase);
        return 0;
      case "ready":
        this.#ready.add(event.node);
        return this.#booted(event.node);
      case "not-ready":
        this.problems.push(event.error);
        return this.#booted(event.node);
      case "step-progress":
      case "warning":
      case "finished":
        return 0;
    }
  }

  /** What goes on, shortly: what each booting node says, else the steps that run. */
  describe(words: ProgressWords): string {
    const steps = [...this.#running.values()].map(({ action, name }) => words.doing(action, name));
    const boots = [...this.#booting].map(([node, phase]) => (phase === "" ? node : `${node}: ${shortened(phase)}`));
    const parts = this.#nodes.size === 0 ? [] : [words.ready(this.#ready.size, this.#nodes.size)];
    return [...parts, ...(boots.length > 0 ? boots : steps).slice(0, 3)].join(" · ");
  }

  #end(step: Step): number {
    this.#running.delete(step.id);
    return this.#share();
  }

  #booted(node: string): number {
    this.#booting.delete(node);
    return this.#share();
  }

  #share(): number {
    return 100 / Math.max(1, this.#steps + this.#nodes.size);
  }
}

function shortened(phase: string): string {
  return phase.length <= PHASE_LENGTH ? phase : `${phase.slice(0, PHASE_LENGTH - 1)}…`;
}

/** One line of the log for an event; undefined for those that only move a bar. */
export function eventText(event: LabEvent): string | undefined {
  switch (event.type) {
    case "step-started":
      return `${event.step.action} ${event.step.resource} ${event.step.name}: ${event.step.reason}`;
    case "step-done":
      return `${event.step.action} ${event.step.resource} ${event.step.name}: done in ${event.milliseconds} ms`;
    case "step-failed":
      return `${event.step.action} ${event.step.resource} ${event.step.name}: ${event.error.message} ${event.error.mend}`;
    case "step-skipped":
      return `${event.step.action} ${event.step.resource} ${event.step.name}: skipped, ${event.because}`;
    case "booting":
      return `${event.node}: ${event.phase}`;
    case "ready":
      return `${event.node}: ready after ${event.seconds.toFixed(1)} s`;
    case "not-ready":
      return `${event.node}: ${event.error.message} ${event.error.mend}`;
    case "warning":
      return `${event.problem.message} ${event.problem.mend}`;
    case "finished":
      return `${event.outcome}: ${event.counts.done} steps done, ${event.counts.failed} failed, ${event.counts.skipped} skipped`;
    case "step-progress":
      return undefined;
  }
}
