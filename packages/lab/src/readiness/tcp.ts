import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { reasonOf } from "./signals.js";

/** Milliseconds that one attempt may take, and that lie between two. */
const ATTEMPT = 3000;
const BETWEEN = 1000;

export interface TcpTarget {
  readonly host: string;
  readonly port: number;
  /**
   * Whether the service must say something first (as ssh does). Needed where a forwarder accepts connections before the
   * node does.
   */
  readonly greets: boolean;
}

/**
 * Resolves when the port answers. A port cannot announce itself: it is tried again and again, until the signal.
 *
 * @throws the signal's reason.
 */
export async function untilPortAnswers(target: TcpTarget, signal: AbortSignal): Promise<void> {
  while (!(await answers(target, signal))) await delay(BETWEEN, undefined, { signal });
}

function answers({ host, port, greets }: TcpTarget, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const end = (finish: () => void): void => {
      signal.removeEventListener("abort", onAbort);
      socket.destroy();
      finish();
    };
    const onAbort = (): void => end(() => reject(reasonOf(signal)));
    signal.addEventListener("abort", onAbort, { once: true });
    socket.setTimeout(ATTEMPT, () => end(() => resolve(false)));
    socket.once(greets ? "data" : "connect", () => end(() => resolve(true)));
    // Refused, unreachable, or closed by a forwarder whose other side does not answer.
    socket.once("error", () => end(() => resolve(false)));
    socket.once("close", () => end(() => resolve(false)));
  });
}
