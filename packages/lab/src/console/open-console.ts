import { isNotFound } from "node-libvirt";
import { LabError } from "../errors.js";
import { toLabError, type Host } from "../host/index.js";
import { labIdentity, resourceUuid } from "../identity/index.js";
import type { ConsoleState, ConsoleViewer } from "./console-viewer.js";
import { consoleHub } from "./hubs.js";

export interface OpenConsoleOptions {
  readonly lab: string;
  readonly node: string;
  /** Takes the console from another program that has it. */
  readonly force?: boolean;
  /** Serial ports of the node, from 0. */
  readonly index?: number;
  /** Gives up opening; an open console stays open. */
  readonly signal?: AbortSignal;
  /** Called when the console stops, is taken over by another program, and comes back. */
  readonly onState?: (state: ConsoleState) => void;
}

/**
 * Opens the console of a node of the user's own labs: a stream that begins with the last 256 KiB since power-on, whose
 * writes are what a person types. Any number can be open at a time. Destroying it never stops the node.
 *
 * @throws LabError `node-not-deployed`, `console-busy`, `no-console`, `cancelled`.
 */
export async function openConsole(
  host: Pick<Host, "connection" | "owner">,
  { lab, node, force = false, index = 0, signal, onState }: OpenConsoleOptions,
): Promise<ConsoleViewer> {
  const uuid = resourceUuid(labIdentity(host.owner, lab), `node/${node}`);
  const cancelled = (): LabError => new LabError("cancelled", `opening the console of ${node} was cancelled`);
  if (signal?.aborted === true) throw cancelled();
  const hub = consoleHub(host.connection, uuid, index);
  const opening = hub.attach({ takeOver: force, ...(onState === undefined ? {} : { onState }) });
  let onAbort = (): void => undefined;
  const abort = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    signal?.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([opening, abort]);
  } catch (error) {
    // Where only the waiting was given up, the viewer leaves as soon as it comes.
    opening.then(
      (viewer) => viewer.destroy(),
      () => undefined,
    );
    if (!isNotFound(error)) throw toLabError(error, `opening the console of ${node}`);
    throw new LabError(
      "node-not-deployed",
      `the lab ${lab} has no node ${node} on this host`,
      "Deploy the lab first (labscape up); `labscape status` lists what runs.",
      { cause: error },
    );
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
