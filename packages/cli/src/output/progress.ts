import type { LabEvent, Problem } from "@labscape/lab";
import ora, { type Ora } from "ora";
import { colours, print, printJsonLine, type Io } from "../io.js";

/** Shows a run's events: a live line on a terminal, plain lines elsewhere, NDJSON on request. */
export interface Progress {
  onEvent(event: LabEvent): void;
  /** Takes the live line away. */
  stop(): void;
}

export function progressFor(io: Io, json: boolean, total: number): Progress {
  if (json) return { onEvent: (event) => printJsonLine(io, event), stop: () => undefined };
  if (io.stdout.isTTY === true) return new LiveProgress(io, total);
  return { onEvent: (event) => printLines(io, lineFor(io, event)), stop: () => undefined };
}

class LiveProgress implements Progress {
  readonly #io: Io;
  readonly #total: number;
  readonly #spinner: Ora;
  readonly #running = new Map<string, string>();
  readonly #booting = new Map<string, string>();
  #done = 0;

  constructor(io: Io, total: number) {
    this.#io = io;
    this.#total = total;
    this.#spinner = ora({ stream: process.stdout, discardStdin: false }).start("starting");
  }

  onEvent(event: LabEvent): void {
    this.#follow(event);
    const line = lineFor(this.#io, event);
    if (line !== undefined) {
      this.#spinner.clear();
      print(this.#io, line);
    }
    this.#spinner.text = this.#text();
    this.#spinner.render();
  }

  stop(): void {
    this.#spinner.stop();
  }

  #follow(event: LabEvent): void {
    switch (event.type) {
      case "step-started":
        this.#running.set(event.step.id, `${event.step.action} ${event.step.resource} ${event.step.name}`);
        break;
      case "step-progress":
        this.#running.set(
          event.step.id,
          `${event.step.action} ${event.step.name} ${Math.floor((100 * event.done) / Math.max(1, event.total))} %`,
        );
        break;
      case "step-done":
      case "step-failed":
      case "step-skipped":
        this.#running.delete(event.step.id);
        this.#done += 1;
        break;
      case "booting":
        this.#booting.set(event.node, event.phase);
        break;
      case "ready":
      case "not-ready":
        this.#booting.delete(event.node);
        break;
      case "warning":
      case "finished":
        break;
    }
  }

  #text(): string {
    const what = [...this.#running.values(), ...[...this.#booting].map(([node, phase]) => `${node}: ${phase}`)]
      .slice(0, 3)
      .join(" · ");
    return fit(`${this.#done}/${this.#total} steps  ${what}`, (this.#io.stdout.columns ?? 80) - 4);
  }
}

function fit(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

function printLines(io: Io, line: string | undefined): void {
  if (line !== undefined) print(io, line);
}

/** What stays on the screen of an event; undefined for what only moves the live line. */
function lineFor(io: Io, event: LabEvent): string | undefined {
  const chalk = colours(io);
  switch (event.type) {
    case "step-done":
      return `${chalk.green("✔")} ${event.step.action} ${event.step.resource} ${event.step.name} ${chalk.dim(`${event.milliseconds} ms`)}`;
    case "step-failed":
      return problemText(`${event.step.action} ${event.step.resource} ${event.step.name}`, event.error, io);
    case "step-skipped":
      return chalk.dim(`- ${event.step.action} ${event.step.resource} ${event.step.name}: ${event.because}`);
    case "ready":
      return `${chalk.green("✔")} ${chalk.bold(event.node)} is ready ${chalk.dim(`after ${event.seconds.toFixed(1)} s`)}`;
    case "not-ready":
      return problemText(event.node, event.error, io);
    // The plan has said it already.
    case "warning":
    case "step-started":
    case "step-progress":
    case "booting":
    case "finished":
      return undefined;
  }
}

function problemText(what: string, problem: Problem, io: Io): string {
  const chalk = colours(io);
  return `${chalk.red("✖")} ${what}: ${problem.message} ${chalk.dim(`[${problem.code}]`)}${problem.mend === "" ? "" : `\n  ${problem.mend}`}`;
}
