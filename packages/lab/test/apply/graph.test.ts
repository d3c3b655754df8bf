import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { runGraph, type Task } from "../../src/apply/graph.js";

interface Recorded {
  readonly order: string[];
  readonly skipped: string[];
}

const lanes = new Map([
  ["step", 8],
  ["boot", 2],
]);

describe("runGraph", () => {
  function tasks(
    recorded: Recorded,
    specs: readonly (readonly [id: string, after: readonly string[], run?: () => Promise<void>])[],
  ): Task[] {
    return specs.map(([id, after, run]) => ({
      id,
      after,
      lane: "step",
      run: () => {
        recorded.order.push(id);
        return run?.() ?? Promise.resolve();
      },
      skipped: (because) => recorded.skipped.push(`${id}: ${because}`),
    }));
  }
  const fail = (): Promise<void> => Promise.reject(new Error("no"));
  const record = (): Recorded => ({ order: [], skipped: [] });

  it("runs what others need first", async () => {
    const recorded = record();
    const specs = [
      ["c", ["b"]],
      ["b", ["a"]],
      ["a", []],
      ["d", ["not in the graph"]],
    ] as const;
    await runGraph(tasks(recorded, specs), { lanes, signal: new AbortController().signal });
    expect(recorded.order.filter((id) => id !== "d")).toEqual(["a", "b", "c"]);
    expect(recorded.order).toContain("d");
  });

  it("skips what needs a failed task, and what needs that, and runs the rest", async () => {
    const recorded = record();
    const specs = [
      ["a", [], fail],
      ["b", ["a"]],
      ["c", ["b"]],
      ["d", []],
    ] as const;
    await runGraph(tasks(recorded, specs), { lanes, signal: new AbortController().signal });
    expect(recorded.order).toEqual(["a", "d"]);
    expect(recorded.skipped).toEqual(["b: a was not done", "c: b was not done"]);
  });

  it("skips a cycle instead of waiting for ever", async () => {
    const recorded = record();
    await runGraph(
      tasks(recorded, [
        ["a", ["b"]],
        ["b", ["a"]],
      ]),
      { lanes, signal: new AbortController().signal },
    );
    expect(recorded.skipped).toHaveLength(2);
  });

  it("starts nothing after it was cancelled, and waits for what runs", async () => {
    const recorded = record();
    const controller = new AbortController();
    let ended = false;
    const slow = async (): Promise<void> => {
      controller.abort();
      await new Promise((resolve) => setImmediate(resolve));
      ended = true;
    };
    await runGraph(
      tasks(recorded, [
        ["a", [], slow],
        ["b", ["a"]],
      ]),
      { lanes, signal: controller.signal },
    );
    expect(ended).toBe(true);
    expect(recorded).toEqual({ order: ["a"], skipped: ["b: cancelled"] });
  });

  it("is told of a cancellation while everything waits", async () => {
    const recorded = record();
    const controller = new AbortController();
    const untilCancelled = (): Promise<void> =>
      new Promise((resolve) => controller.signal.addEventListener("abort", () => resolve()));
    const done = runGraph(
      tasks(recorded, [
        ["a", [], untilCancelled],
        ["b", ["a"]],
      ]),
      { lanes, signal: controller.signal },
    );
    controller.abort();
    await done;
    expect(recorded.skipped).toEqual(["b: cancelled"]);
  });

  it("listens to the signal once, and no more when it is done", async () => {
    const { signal } = new AbortController();
    const counts: number[] = [];
    const look = async (): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve));
      counts.push(getEventListeners(signal, "abort").length);
    };
    const chain = Array.from({ length: 30 }, (_, i) => [`t${i}`, i === 0 ? [] : [`t${i - 1}`], look] as const);
    await runGraph(tasks(record(), chain), { lanes, signal });
    expect(counts).toEqual(Array(30).fill(1));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("runs no more tasks of a lane at once than it is wide", async () => {
    let running = 0;
    let most = 0;
    const boots = Array.from({ length: 7 }, (_, i): Task => ({
      id: `boot${i}`,
      after: [],
      lane: "boot",
      run: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
      },
      skipped: () => undefined,
    }));
    await runGraph(boots, { lanes, signal: new AbortController().signal });
    expect(most).toBe(2);
  });
});
