import { type Connection, type Domain, DomainState, isTimeout, LifecycleEvent } from "node-libvirt";
import { LabError } from "../errors.js";
import { findDomain } from "./domains.js";

/** Seconds after which the guest is asked once more: one that is still booting loses the request. */
const ASK_AGAIN = 5;

/**
 * Asks the guest to power itself off, and powers it off when it does not in time. A suspended guest cannot be asked.
 *
 * @param patience seconds; 0 powers it off at once.
 * @throws LabError `cancelled`: the guest has been asked, and may still end.
 */
export async function shutDownDomain(
  connection: Connection,
  uuid: string,
  patience: number,
  signal: AbortSignal,
): Promise<void> {
  const domain = await findDomain(connection, uuid);
  if (domain === undefined || !(await domain.isActive())) return;
  const { state } = await domain.getState();
  if (patience > 0 && state !== DomainState.PAUSED && (await endsByItself(connection, domain, patience, signal)))
    return;
  if (await domain.isActive()) await domain.destroy();
}

/** @returns false when its time is over. */
async function endsByItself(
  connection: Connection,
  domain: Domain,
  patience: number,
  signal: AbortSignal,
): Promise<boolean> {
  let settle: (ended: boolean) => void = () => undefined;
  let cancel = (): void => undefined;
  const ended = new Promise<boolean>((resolve, reject) => {
    settle = resolve;
    cancel = () => reject(new LabError("cancelled", `shutting ${domain.name} down was cancelled`));
  });
  ended.catch(() => undefined); // Whoever awaits it below is told; until then it may reject unheard.
  const subscription = await connection.subscribe(
    "domain-lifecycle",
    ({ event }) => {
      if (event === LifecycleEvent.STOPPED || event === LifecycleEvent.CRASHED) settle(true);
    },
    domain,
  );
  const ask = (): Promise<void> =>
    domain.shutdown(0, { timeout: patience * 1000 }).catch(async (error: unknown) => {
      // A QEMU that hangs does not answer; one that has just ended cannot be asked.
      if (isTimeout(error)) settle(false);
      else if (!(await domain.isActive())) settle(true);
      else throw error;
    });
  const deadline = setTimeout(() => settle(false), patience * 1000);
  // Asking again is a favour: the first request has told whether the guest can be asked at all.
  const again = setInterval(() => void ask().catch(() => undefined), ASK_AGAIN * 1000);
  signal.addEventListener("abort", cancel, { once: true });
  try {
    if (signal.aborted) cancel();
    await Promise.race([ask(), ended]);
    return await ended;
  } finally {
    signal.removeEventListener("abort", cancel);
    clearInterval(again);
    clearTimeout(deadline);
    await subscription.unsubscribe();
  }
}
