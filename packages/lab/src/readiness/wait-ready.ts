import { LifecycleEvent, StoppedDetail } from "node-libvirt";
import type { LabNode } from "@labscape/topology";
import type { ReadyOptions, ReadyTarget } from "../contracts.js";
import { LabError } from "../errors.js";
import { untilAgentConnects } from "./agent.js";
import { followConsole } from "./console-output.js";
import { Phases } from "./phases.js";
import { rejectedBy } from "./signals.js";
import { untilPortAnswers, type TcpTarget } from "./tcp.js";

const SSH_PORT = 22;
/** What a Linux says last, and most others too: for a model that says only that its console tells. */
const LOGIN_PROMPT = "login: ?$";

/**
 * Waits for a started node to become ready, in the way of its model: words on its console, a TCP port (also where the
 * manifest sets `ready_port`), its guest agent, or running at all.
 *
 * @throws LabError `not-ready` when its time is over, and at once when it stops; `cancelled`.
 */
export async function waitReady(target: ReadyTarget, options: ReadyOptions): Promise<void> {
  const { host, domain, node } = target;
  const phases = new Phases(options.onPhase);
  const over = new AbortController();
  const give = (why: string): void => over.abort(notReady(node, why, phases.last));
  const timer = setTimeout(() => give(`did not become ready within ${options.timeout} s`), options.timeout * 1000);
  const onCancel = (): void => over.abort(new LabError("cancelled", `waiting for ${node.name} was cancelled`));
  options.signal.addEventListener("abort", onCancel, { once: true });
  if (options.signal.aborted) onCancel();
  try {
    const subscription = await host.connection.subscribe(
      "domain-lifecycle",
      ({ event, detail }) => {
        if (event === LifecycleEvent.CRASHED) give("crashed");
        if (event === LifecycleEvent.STOPPED) give(howStopped(detail));
      },
      domain,
    );
    try {
      if (!(await domain.isActive())) throw notReady(node, "is not running", phases.last);
      // What observes may be in the middle of a call to a hypervisor that hangs.
      await Promise.race([observe(target, phases, over.signal), rejectedBy(over.signal)]);
    } finally {
      over.abort();
      await subscription.unsubscribe();
    }
  } finally {
    clearTimeout(timer);
    options.signal.removeEventListener("abort", onCancel);
  }
}

async function observe(target: ReadyTarget, phases: Phases, signal: AbortSignal): Promise<void> {
  const { host, domain, node } = target;
  const { readiness } = node.model;
  const tcp = tcpTarget(target);
  const method = node.readyPort === undefined ? readiness.method : "tcp";
  switch (method) {
    case "console":
      return untilSaid(target, new RegExp(readiness.pattern ?? LOGIN_PROMPT), phases, signal);
    case "tcp":
      // A node without a management address can be seen to run, and no more.
      if (tcp === undefined) return undefined;
      return withPhases(target, phases, signal, untilPortAnswers(tcp, signal));
    case "agent":
      return withPhases(target, phases, signal, untilAgentConnects(host.connection, domain, signal));
    case "running":
      return undefined;
  }
}

/** Resolves when the console has said what the pattern matches. */
async function untilSaid(target: ReadyTarget, pattern: RegExp, phases: Phases, signal: AbortSignal): Promise<void> {
  const { host, domain, node } = target;
  const isSaid = (end: string): boolean => {
    phases.show(end);
    return pattern.test(end);
  };
  if (await followConsole(host.connection, domain, isSaid, signal)) return;
  throw new LabError(
    "not-ready",
    `${node.name} has no serial console that could tell when it is ready`,
    "Set ready_port, or skip_ready_check = true, in the manifest.",
  );
}

/** Shows what the console says until the node is ready by other means. */
async function withPhases(
  target: ReadyTarget,
  phases: Phases,
  signal: AbortSignal,
  ready: Promise<void>,
): Promise<void> {
  const done = new AbortController();
  const onOver = (): void => done.abort();
  signal.addEventListener("abort", onOver, { once: true });
  const show = (end: string): boolean => {
    phases.show(end);
    return false;
  };
  // For display only: a console that cannot be had takes nothing away from the port or the agent.
  const following = followConsole(target.host.connection, target.domain, show, done.signal).catch(() => false);
  try {
    await ready;
  } finally {
    signal.removeEventListener("abort", onOver);
    done.abort();
    await following;
  }
}

function tcpTarget({ node, address, sshPort }: ReadyTarget): TcpTarget | undefined {
  // In user networking QEMU accepts connections before the node does, and forwards no other port.
  if (sshPort !== undefined) return { host: address ?? "127.0.0.1", port: sshPort, greets: true };
  if (address === undefined) return undefined;
  return { host: address, port: node.readyPort ?? node.model.readiness.port ?? SSH_PORT, greets: false };
}

/** @param detail of the lifecycle event. */
function howStopped(detail: number): string {
  switch (detail) {
    case StoppedDetail.SHUTDOWN:
      return "shut itself down";
    case StoppedDetail.DESTROYED:
      return "was powered off";
    case StoppedDetail.CRASHED:
      return "crashed";
    case StoppedDetail.FAILED:
      return "ended because its QEMU process failed";
    default:
      return "stopped";
  }
}

function notReady(node: LabNode, why: string, lastWords: string): LabError {
  return new LabError(
    "not-ready",
    `${node.name} ${why}${lastWords === "" ? "" : `; the last line on its console: ${lastWords}`}`,
    `Look at its console (labscape console ${node.name}). If it only needs longer, raise ready_timeout in the manifest.`,
  );
}
