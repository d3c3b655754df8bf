import { setTimeout as delay } from "node:timers/promises";
import type { Connection, Domain } from "node-libvirt";
import { consoleHub, readLogTail, serialConsoles } from "../console/index.js";
import { LabError } from "../errors.js";
import { reasonOf } from "./signals.js";

/** Characters at the end of what was said in which a pattern is looked for, and bytes of the log. */
const WINDOW = 64 * 1024;
/** Milliseconds between two looks at the log, where the console itself is not to be had. */
const BETWEEN_LOOKS = 1000;
/** The same beside an open console: libvirt does not always tell who loses it to another program. */
const BETWEEN_SAFETY_LOOKS = 5000;

/**
 * Follows what a domain says on its first serial console since power-on. Where another program has the console, it reads the
 * console's log file instead, again and again.
 *
 * @param onOutput called with the end of all that was said, whenever there is more; following ends when it returns true.
 * @returns whether `onOutput` returned true; false where the output ended before: the domain has no console.
 * @throws the signal's reason; LabError `connection-lost`.
 */
export async function followConsole(
  connection: Connection,
  domain: Domain,
  onOutput: (end: string) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const over = new AbortController();
  const onAbort = (): void => over.abort(reasonOf(signal));
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([
      followConsoleOrLog(connection, domain, onOutput, over.signal),
      watchLog(connection, domain, onOutput, over.signal),
    ]);
  } finally {
    signal.removeEventListener("abort", onAbort);
    over.abort();
  }
}

async function followConsoleOrLog(
  connection: Connection,
  domain: Domain,
  onOutput: (end: string) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await followStream(connection, domain, onOutput, signal);
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    if (error.code === "no-console") return false;
    if (error.code !== "console-busy") throw error;
  }
  return followLog(connection, domain, onOutput, BETWEEN_LOOKS, signal);
}

/** True once the log satisfies `onOutput`; never anything else: what fails here is the other follower's to say. */
async function watchLog(
  connection: Connection,
  domain: Domain,
  onOutput: (end: string) => boolean,
  signal: AbortSignal,
): Promise<true> {
  try {
    await delay(BETWEEN_SAFETY_LOOKS, undefined, { signal });
    if (await followLog(connection, domain, onOutput, BETWEEN_SAFETY_LOOKS, signal)) return true;
  } catch {
    // Cancelled, or no log to be had.
  }
  return new Promise<never>(() => undefined);
}

async function followStream(
  connection: Connection,
  domain: Domain,
  onOutput: (end: string) => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const viewer = await consoleHub(connection, domain.uuid).attach({
    onState: (state) => {
      if (state === "taken-over") viewer.destroy(new LabError("console-busy", "the console was taken over"));
    },
  });
  const onAbort = (): void => {
    viewer.destroy(reasonOf(signal));
  };
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    let end = "";
    viewer.setEncoding("utf8");
    for await (const chunk of viewer) {
      end = (end + String(chunk)).slice(-WINDOW);
      if (onOutput(end)) return true;
    }
    return false;
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function followLog(
  connection: Connection,
  domain: Domain,
  onOutput: (end: string) => boolean,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const path = (await serialConsoles(domain))[0]?.log;
  if (path === undefined) return false;
  for (let last = ""; ;) {
    const end = (await readLogTail(connection, path, WINDOW)).toString("utf8");
    if (end !== last && onOutput(end)) return true;
    last = end;
    await delay(milliseconds, undefined, { signal });
  }
}
