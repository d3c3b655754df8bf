/** The engine, as the extension uses it. A part of its own because it is heavy; the first command that reaches a host loads it. */
import { builtinCatalogue } from "@labscape/devices";
import { labServices, loadManifest, planLab, type Host, type Plan } from "@labscape/lab";
import type { Analysis } from "@labscape/topology";

export { applyPlan, openConsole, openHost, planDestroy, watchLab } from "@labscape/lab";

/** The lab that a manifest's text means; files that it names are looked for beside `file`, its path. */
export function readManifest(file: string, text: string): Promise<Analysis> {
  return loadManifest(file, { catalogue: builtinCatalogue, text });
}

/** @throws LabError when the lab cannot run as it is */
export function planUp(host: Host, { lab, file }: Analysis): Promise<Plan> {
  return planLab(lab, host, { manifest: file, services: labServices(host) });
}
