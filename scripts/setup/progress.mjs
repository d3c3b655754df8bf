// What a person sees of the set-up: one line for each step, with its time.

/** A step that cannot be done. `next` says what to do about it. */
export class SetupError extends Error {
  constructor(message, next) {
    super(message);
    this.name = "SetupError";
    this.next = next;
  }
}

/** Prints a line of its own. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Prints what went wrong and what to do next. */
export function complain(error) {
  const known = error instanceof SetupError;
  process.stderr.write(`\n${known ? error.message : (error.stack ?? error)}\n`);
  if (known && error.next !== undefined) process.stderr.write(`\nWhat to do: ${error.next}\n`);
}

/** Labels of the steps that are under way. */
const active = new Set();

/**
 * Runs one step and prints how long it took, or what the step says instead by resolving with `{ note }`. Steps may overlap; on a
 * terminal the last line tells which are under way.
 *
 * @param {string} label
 * @param {() => unknown} work
 */
export async function step(label, work) {
  const start = Date.now();
  active.add(label);
  drawActive();
  try {
    const result = await work();
    end(label, `✓ ${label}: ${result?.note ?? seconds(Date.now() - start)}`);
  } catch (error) {
    end(label, `✗ ${label}: failed after ${seconds(Date.now() - start)}`);
    throw error;
  }
}

/** Runs several at once and waits for all of them, also when one fails; rejects with the first failure. */
export async function together(...works) {
  const outcomes = await Promise.allSettled(works.map((work) => work()));
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}

function end(label, line) {
  active.delete(label);
  process.stdout.write(`${process.stdout.isTTY ? "\r\x1b[K" : ""}${line}\n`);
  drawActive();
}

function drawActive() {
  if (process.stdout.isTTY && active.size > 0) process.stdout.write(`\r\x1b[K  ${[...active].join(", ")} ...`);
}

/** Milliseconds as text, for instance "3.4 s". */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
