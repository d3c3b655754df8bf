/** A piece of work in an order. */
export interface Task {
  readonly id: string;
  /** Ids of tasks that must have ended well before; those that are not in the graph do not count. */
  readonly after: readonly string[];
  /** Tasks of one lane share its width. */
  readonly lane: string;
  /** Rejects when the task failed. */
  run(): Promise<void>;
  /** Told instead of `run`: the task that it needed did not end well, or the run was cancelled. */
  skipped(because: string): void;
}

export interface GraphOptions {
  /** How many tasks of a lane may run at once. */
  readonly lanes: ReadonlyMap<string, number>;
  /** Once aborted, nothing more starts; what runs goes on to its end. */
  readonly signal: AbortSignal;
}

/**
 * Runs tasks as soon as what they need is done, in the order given where several may. One that fails stops those that need
 * it, and no others. Resolves when all have ended; never rejects. A cycle cannot be run: its tasks are skipped.
 */
export async function runGraph(tasks: readonly Task[], { lanes, signal }: GraphOptions): Promise<void> {
  const known = new Set(tasks.map((task) => task.id));
  const ended = new Map<string, boolean>();
  const running = new Map<string, Promise<void>>();
  const busy = new Map<string, number>();
  let waiting = [...tasks];
  let wake = (): void => undefined;
  const onAbort = (): void => wake();

  const start = (task: Task): void => {
    busy.set(task.lane, (busy.get(task.lane) ?? 0) + 1);
    const end = (good: boolean): void => {
      ended.set(task.id, good);
      running.delete(task.id);
      busy.set(task.lane, (busy.get(task.lane) ?? 1) - 1);
      wake();
    };
    running.set(
      task.id,
      task.run().then(
        () => end(true),
        () => end(false),
      ),
    );
  };
  const skip = (task: Task, because: string): void => {
    ended.set(task.id, false);
    task.skipped(because);
  };

  /** Starts or skips what can be. @returns whether anything was. */
  const advance = (): boolean => {
    const left: Task[] = [];
    for (const task of waiting) {
      const needs = task.after.filter((id) => known.has(id));
      const broken = needs.find((id) => ended.get(id) === false);
      const room = (busy.get(task.lane) ?? 0) < (lanes.get(task.lane) ?? 1);
      if (signal.aborted) skip(task, "cancelled");
      else if (broken !== undefined) skip(task, `${broken} was not done`);
      else if (room && needs.every((id) => ended.get(id))) start(task);
      else left.push(task);
    }
    const moved = left.length < waiting.length;
    waiting = left;
    return moved;
  };

  signal.addEventListener("abort", onAbort);
  try {
    while (waiting.length > 0) {
      const changed = new Promise<void>((resolve) => (wake = resolve));
      if (advance()) continue;
      if (running.size === 0) {
        for (const task of waiting) skip(task, "its tasks wait for one another");
        return;
      }
      await changed;
    }
    await Promise.all(running.values());
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
