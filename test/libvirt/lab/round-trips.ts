import { Stream } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { Connection } from "node-libvirt";

/** What a piece of work asked of libvirt. */
export interface RoundTrips {
  /** How often it had to wait for answers before it could go on. */
  readonly trips: number;
  readonly calls: number;
}

/**
 * Counts the round trips of some work, whatever the machine's speed: answers are held back until every call that was made has
 * its own, and then all are given at once. Calls that do not wait for one another so make one trip together.
 */
export async function countRoundTrips(
  connection: Connection,
  work: (connection: Connection) => Promise<unknown>,
): Promise<RoundTrips> {
  let trips = 0;
  let calls = 0;
  let unanswered = 0;
  let held: (() => void)[] = [];

  const release = async (): Promise<void> => {
    // What was given out before may lead to further calls without another answer.
    await setImmediate();
    if (unanswered > 0 || held.length === 0) return;
    const answers = held;
    held = [];
    trips += 1;
    for (const give of answers) give();
  };
  const hold = async (answer: Promise<unknown>): Promise<unknown> => {
    calls += 1;
    unanswered += 1;
    const settled = await Promise.allSettled([answer]);
    unanswered -= 1;
    const given = new Promise<void>((resolve) => held.push(resolve));
    void release();
    await given;
    const [outcome] = settled;
    if (outcome.status === "rejected") throw outcome.reason;
    return counted(outcome.value);
  };
  /** The same with its calls counted: an object of libvirt, or what holds such. */
  const counted = <T>(value: T): T => {
    if (typeof value !== "object" || value === null || value instanceof Stream || ArrayBuffer.isView(value))
      return value;
    return new Proxy<T & object>(value, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return counted(member);
        // A list's own methods see its elements as they are taken from the list here: counted.
        if (Array.isArray(target)) return member;
        return (...argv: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, target, argv);
          return result instanceof Promise ? hold(result) : result;
        };
      },
    });
  };
  await work(counted(connection));
  return { trips, calls };
}
