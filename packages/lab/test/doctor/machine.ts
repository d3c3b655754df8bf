import type { Machine } from "../../src/doctor/index.js";

/** A machine with everything, but for what a test takes away. */
export function machine(changes: Partial<Machine> = {}): Machine {
  return {
    has: () => Promise.resolve(true),
    may: () => Promise.resolve(true),
    mode: () => Promise.resolve(0o660),
    read: () => Promise.resolve(undefined),
    free: () => Promise.resolve(1e12),
    ...changes,
  };
}
