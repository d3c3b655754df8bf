import { applyPlan, type ApplyOptions, type Outcome } from "./apply/index.js";
import { toLabError, type Host } from "./host/index.js";
import { labIdentity } from "./identity/index.js";
import { readDetails, readStatus, watchStatus, type Watch } from "./observe/index.js";
import { planDestroy } from "./plan/index.js";
import type { LabDetails, LabStatus } from "./status.js";

/** Removes all that a host has of a lab. Needs no manifest, and is safe to repeat. @throws LabError `lab-busy`. */
export async function destroyLab(
  target: { readonly lab: string; readonly owner?: string },
  host: Host,
  options: Pick<ApplyOptions, "onEvent" | "signal">,
): Promise<Outcome> {
  return applyPlan(await planDestroy(host, target), host, options);
}

/** What runs of the labs on a host, of all owners; of one lab where it is named. */
export async function labStatus(host: Host, options: { readonly lab?: string } = {}): Promise<readonly LabStatus[]> {
  try {
    return await readStatus(host.connection, host.uri, options.lab);
  } catch (error) {
    throw toLabError(error, "reading the status");
  }
}

/**
 * One lab as it is on a host, with its networks and where its files lie.
 * @param secrets also its password, which libvirt shows only to those who may change the host.
 * @throws LabError `lab-not-deployed`.
 */
export async function labDetails(
  host: Host,
  target: { readonly lab: string; readonly owner?: string; readonly secrets?: boolean },
): Promise<LabDetails> {
  const { lab, owner = host.owner, secrets = false } = target;
  try {
    return await readDetails(host.connection, host.uri, labIdentity(owner, lab), secrets);
  } catch (error) {
    throw toLabError(error, `looking at ${lab}`);
  }
}

/**
 * Tells the status of all labs on a host, of all owners, now and after every change.
 * @param onError told when a reading failed; the watch goes on, unless the connection has ended.
 */
export async function watchLabs(
  host: Host,
  listener: (labs: readonly LabStatus[]) => void,
  onError: (error: unknown) => void = () => undefined,
): Promise<Watch> {
  try {
    return await watchStatus(host.connection, host.uri, listener, onError);
  } catch (error) {
    throw toLabError(error, `watching the labs on ${host.uri}`);
  }
}
