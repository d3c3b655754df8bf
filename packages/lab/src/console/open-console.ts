import { isNotFound } from "node-libvirt";
import { LabError } from "../errors.js";
import { toLabError, type Host } from "../host/index.js";
import { labIdentity } from "../identity/index.js";
import type { ConsoleState, ConsoleViewer } from "./console-viewer.js";
import { consoleHub } from "./hubs.js";
import { machineUuid } from "./machine-uuid.js";

export interface OpenConsoleOptions {
  readonly lab: string;
  readonly node: string;
  /** Of a device of several virtual machines: which of them; the main one when not given. */
  readonly member?: string;
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
 * @throws LabError `node-not-deployed`, `unknown-member`, `console-busy`, `no-console`, `cancelled`.
 */
export async function openConsole(
  host: Pick<Host, "connection" | "owner">,
  { lab, node, member, force = false, index = 0, signal, onState }: OpenConsoleOptions,
): Promise<ConsoleViewer> {
  const cancelled = (): LabError => new LabError("cancelled", `opening the console of ${node} was cancelled`);
  if (signal?.aborted === true) throw cancelled();
  const uuid = await machineUuid(host, labIdentity(host.owner, lab), node, member);
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
