/** The engine, as the extension uses it. A part of its own because it is heavy; the first command that reaches a host loads it. */
import path from "node:path";
import { labServices, loadManifest, loadModels, planLab, type Host, type Plan } from "@labscape/lab";
import type { Analysis } from "@labscape/topology";

export { applyPlan, openConsole, openHost, planDestroy, watchLab } from "@labscape/lab";

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
