/** The engine, as the extension uses it. A part of its own because it is heavy; the first command that reaches a host loads it. */
import path from "node:path";
import { builtinCatalogue } from "@labscape/devices";
import {
  examine,
  labServices,
  loadManifest,
  loadModels,
  loadOf,
  openHost,
  packetsText,
  planLab,
  rateText,
  thisMachine,
  type Check,
  type Host,
  type Plan,
  type PortRates,
} from "@labscape/lab";
import { describeFindings, describeLab } from "./describe.js";
import { analyze, labTemplates, type Analysis } from "@labscape/topology";

export { labTemplates };

/** The lab that a manifest's text means, in short. */
export async function describe(file: string, text: string, models: readonly string[]): Promise<object> {
  return describeLab(await readManifest(file, text, models));
}

/** The findings of a manifest's text, with lines and columns from 1. */
export async function findingsOf(file: string, text: string, models: readonly string[]): Promise<readonly object[]> {
  return describeFindings(await readManifest(file, text, models));
}

export {
  applyPlan,
  knownHostsFile,
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
  return examine({
    machine: thisMachine(),
    local: !/^\w+\+(ssh|tls|tcp|libssh2?):/.test(uri),
    open: () => openHost(uri === "" ? {} : { uri }),
  });
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

/** Why no lab can have this name; undefined: it can. */
export function labNameProblem(name: string): string | undefined {
  const [template] = labTemplates;
  const file = `${name}.lab.toml`;
  return analyze(template.manifest(name), { file, catalogue: builtinCatalogue }).findings[0]?.message;
}
