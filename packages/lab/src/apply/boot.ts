import type { LabEvent } from "../events.js";
import { consoleLogName } from "../desire/index.js";
import { LabError } from "../errors.js";
import { toLabError, type Host } from "../host/index.js";
import { markReady } from "../observe/index.js";
import type { NodeBoot, PlanWork } from "../plan/index.js";
import { forwardSsh } from "./domains.js";

/** Where ssh of nodes without a network of their own is forwarded from. */
const LOOPBACK = "127.0.0.1";

type BootEvent = Extract<LabEvent, { type: "booting" | "ready" | "not-ready" }>;
/** Without its time, which is put in where it is sent. */
export type Emit = (event: Untimed<LabEvent>) => void;
export type Untimed<E> = E extends LabEvent ? Omit<E, "time"> : never;

/**
 * Follows a started node until it is ready, and records that it is.
 * Rejects when it does not become ready; `not-ready` has then been sent.
 */
export async function awaitReady(
  host: Host,
  work: PlanWork,
  boot: NodeBoot,
  emit: (event: Untimed<BootEvent>) => void,
  signal: AbortSignal,
): Promise<void> {
  const node = boot.node.name;
  const started = performance.now();
  try {
    const domain = await host.connection.domainLookupByUuid(boot.uuid);
    // Done at the start, but for a run that was cut off right there.
    if (boot.sshPort !== undefined) await forwardSsh(domain, boot.sshPort);
    if (!boot.node.skipReadyCheck && work.services !== undefined) {
      emit({ type: "booting", node, phase: "started" });
      await work.services.waitReady(
        {
          host,
          domain,
          node: boot.node,
          ...reachedAt(boot),
          consoleLog: { pool: work.pool, volume: consoleLogName(boot.label, 0) },
        },
        {
          timeout: work.readyTimeout ?? boot.node.model.readiness.timeout,
          signal,
          onPhase: (phase) => emit({ type: "booting", node, phase }),
        },
      );
    }
    await markReady(host.connection, boot.uuid);
  } catch (error) {
    const failure = toLabError(error, `waiting for ${node}`);
    if (failure.code !== "cancelled") emit({ type: "not-ready", node, error: failure.problem });
    throw failure;
  }
  emit({ type: "ready", node, seconds: Math.round((performance.now() - started) / 100) / 10 });
}

function reachedAt(boot: NodeBoot): { readonly address?: string; readonly sshPort?: number } {
  if (boot.sshPort !== undefined) return { address: LOOPBACK, sshPort: boot.sshPort };
  return boot.address === "" ? {} : { address: boot.address };
}

/** Resolves after so many seconds. @throws LabError `cancelled`. */
export function delay(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(new LabError("cancelled", "cancelled"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, seconds * 1000);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
