/** The engine, as the extension uses it. A part of its own because it is heavy; the first command that reaches a host loads it. */
import path from "node:path";
import {
  examine,
  labServices,
  loadManifest,
  loadModels,
  loadOf,
  packetsText,
  planLab,
  rateText,
  thisMachine,
  type Check,
  type Host,
  type Plan,
  type PortRates,
} from "@labscape/lab";
import type { Analysis } from "@labscape/topology";

export {
  applyPlan,
  knownHostsFile,
  Lifeline,
  openConsole,
  openHost,
  planDestroy,
  labServices,
  planLink,
  planPower,
  sshArguments,
  sshNodes,
  watchLabs,
} from "@labscape/lab";

/**
 * The lab that a manifest's text means; files that it names are looked for beside `file`, its path.
 * @param models folders of the user's own device models, absolute.
 * @throws LabError `folder-not-found`.
 */
export async function readManifest(file: string, text: string, models: readonly string[]): Promise<Analysis> {
  const { catalogue } = await loadModels({ directory: path.dirname(file), named: models, environment: process.env });
  return loadManifest(file, { catalogue, text });
}

/** @throws LabError when the lab cannot run as it is */
export function planUp(host: Host, { lab, file }: Analysis): Promise<Plan> {
  return planLab(lab, host, { manifest: file, services: labServices(host) });
}

/** What the host of the setting has and lacks. @param uri empty: whatever answers here */
export function examineHost(uri: string): Promise<readonly Check[]> {
  return examine({ machine: thisMachine(), ...(uri === "" ? {} : { uri }) });
}

/** What passes a link, as text. */
export function ratesInWords(rates: PortRates) {
  const inFull = (rate: PortRates["rx"]): string => `${rateText(rate)} (${packetsText(rate)})`;
  return {
    sent: rateText(rates.tx),
    received: rateText(rates.rx),
    sentInFull: inFull(rates.tx),
    receivedInFull: inFull(rates.rx),
    load: loadOf(rates),
  };
}
