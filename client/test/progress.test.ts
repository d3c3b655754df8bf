import type { LabEvent, Step } from "@labscape/lab";
import { describe, expect, it } from "vitest";
import { eventText, RunProgress, type ProgressWords } from "../src/deploy/progress.js";

const time = "2026-01-01T00:00:00.000Z";
const words: ProgressWords = {
  ready: (ready, nodes) => `${ready}/${nodes}`,
  doing: (action, name) => `+${action} ${name}`,
};
const steps: readonly Step[] = ["a", "b"].flatMap((node): Step[] => [
  { id: `${node}/define`, action: "create", resource: "domain", name: node, node, reason: "new" },
  { id: `${node}/start`, action: "start", resource: "domain", name: node, node, reason: "new" },
]);

function run(events: readonly LabEvent[]): { said: string; percent: number; progress: RunProgress } {
  const progress = new RunProgress(steps);
  const percent = events.reduce((sum, event) => sum + progress.note(event), 0);
  return { said: progress.describe(words), percent, progress };
}

const started = (index: number): LabEvent => ({ type: "step-started", time, step: at(index) });
const done = (index: number): LabEvent => ({ type: "step-done", time, step: at(index), milliseconds: 1 });

function at(index: number): Step {
  const step = steps[index];
  if (step === undefined) throw new Error("no such step");
  return step;
}

describe("RunProgress", () => {
  it("names the steps that run, then what booting nodes say", () => {
    expect(run([started(0)]).said).toBe("0/2 · +create a");
    expect(run([started(0), done(0), { type: "booting", time, node: "a", phase: "Linux" }]).said).toBe(
      "0/2 · a: Linux",
    );
  });

  it("comes to a hundred per cent when every step is done and every node is ready", () => {
    const ready = (node: string): LabEvent => ({ type: "ready", time, node, seconds: 2 });
    const { percent, said } = run([done(0), done(1), done(2), done(3), ready("a"), ready("b")]);
    expect(percent).toBeCloseTo(100);
    expect(said).toBe("2/2");
  });

  it("keeps what failed", () => {
    const error = { code: "no-space", message: "no space", mend: "make some" };
    const { progress } = run([
      { type: "step-failed", time, step: at(0), error },
      { type: "not-ready", time, node: "b", error },
    ]);
    expect(progress.problems).toEqual([error, error]);
  });
});

describe("eventText", () => {
  it("is a line for the log, with the mend of what failed", () => {
    const error = { code: "no-space", message: "no space", mend: "make some" };
    expect(eventText({ type: "step-failed", time, step: at(0), error })).toBe("create domain a: no space make some");
    expect(eventText({ type: "ready", time, node: "a", seconds: 2.345 })).toBe("a: ready after 2.3 s");
    expect(eventText({ type: "step-progress", time, step: at(0), done: 1, total: 2, unit: "bytes" })).toBeUndefined();
  });
});
