/** Times of repeated work, in milliseconds. */
export interface Times {
  readonly median: number;
  readonly p95: number;
}

export function summarize(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/** Times of some calls, after half as many to warm up. */
export async function timeCalls(runs: number, call: (run: number) => unknown): Promise<Times> {
  const times: number[] = [];
  const warmUp = Math.ceil(runs / 2);
  for (let run = -warmUp; run < runs; run++) {
    const start = performance.now();
    await call(run + warmUp);
    if (run >= 0) times.push(performance.now() - start);
  }
  return summarize(times);
}

/** The same for several rivals, taking turns so that all of them meet the same state of the machine. */
export function timeRivals(runs: number, rivals: readonly (() => unknown)[]): readonly Times[] {
  const times = rivals.map((): number[] => []);
  const warmUp = Math.ceil(runs / 2);
  for (let run = -warmUp; run < runs; run++) {
    for (const [index, rival] of rivals.entries()) {
      const start = performance.now();
      rival();
      if (run >= 0) times[index]?.push(performance.now() - start);
    }
  }
  return times.map(summarize);
}
