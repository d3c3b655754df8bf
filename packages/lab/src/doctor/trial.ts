import { randomBytes } from "node:crypto";
import path from "node:path";
import { tmpdir } from "node:os";
import type { Catalogue, DeviceModel } from "@labscape/devices";
import { analyze, type ResolvedLab } from "@labscape/topology";
import { applyPlan, type Outcome } from "../apply/index.js";
import { LabError } from "../errors.js";
import type { Problem } from "../events.js";
import { toLabError, type Host } from "../host/index.js";
import { ImageStore } from "../images/index.js";
import { planDestroy, planLab } from "../plan/index.js";
import { labServices } from "../services.js";
import type { Check } from "./check.js";

/** A device that is usually up within so many seconds is waited for; of others a start is proof enough. */
const PATIENCE = 60;

export interface TrialOptions {
  /** The models that images in the store may be of. */
  readonly catalogue: Catalogue;
  readonly signal?: AbortSignal;
}

/**
 * Deploys a lab of one node from the image in the store that needs least, and removes it again: pool, disk, first-boot data,
 * management network and guest, as every lab has them.
 * @throws LabError `cancelled`; what was made is removed then as well.
 */
export async function tryGuest(host: Host, options: TrialOptions): Promise<Check> {
  const { catalogue, signal } = options;
  const check = { name: "guest", neededFor: "labs: this is the smallest one" };
  const bad = ({ message, mend }: Pick<Problem, "message" | "mend">): Check => ({
    ...check,
    result: "failed",
    message,
    mend,
  });
  try {
    const candidate = await smallest(host, catalogue);
    if (candidate === undefined) {
      const message = "the store has no image to start a guest from";
      return { ...check, result: "warning", message, mend: "Add one: labscape image add FILE" };
    }
    const { model, version } = candidate;
    const name = `${model.name} ${version}`;
    const started = performance.now();
    const { outcome, left } = await deployAndDestroy(host, trialLab(candidate, catalogue), model, options);
    if (signal?.aborted === true) throw new LabError("cancelled", "the trial was cancelled; nothing of it is left");
    const [problem] = outcome.problems;
    if (problem !== undefined) return bad({ ...problem, message: `${name}: ${problem.message}` });
    if (left !== undefined) return bad(left);
    const seconds = Math.round((performance.now() - started) / 1000);
    const done = waits(model) ? "was ready" : "started";
    return { ...check, result: "ok", message: `${name} ${done}, and was removed again, in ${seconds} s`, mend: "" };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    return bad(toLabError(error, "trying a guest"));
  }
}

interface Candidate {
  readonly model: DeviceModel;
  readonly version: string;
}

async function smallest(host: Host, catalogue: Catalogue): Promise<Candidate | undefined> {
  const stored = (await new ImageStore(host).list()).flatMap(({ model, version }) => {
    const found = catalogue.find(model)?.model;
    return found === undefined ? [] : [{ model: found, version }];
  });
  return stored.sort((a, b) => a.model.hardware.memory - b.model.hardware.memory)[0];
}

function waits({ readiness }: DeviceModel): boolean {
  return readiness.typical <= PATIENCE;
}

/** With a name that no other run has; one that is killed leaves a lab that `labscape list` shows. */
function trialLab({ model, version }: Candidate, catalogue: Catalogue): ResolvedLab {
  const text = [
    `name = "doctor-${randomBytes(3).toString("hex")}"`,
    "[[nodes]]",
    'name = "trial"',
    `model = ${JSON.stringify(model.name)}`,
    `version = ${JSON.stringify(version)}`,
    "",
  ].join("\n");
  return analyze(text, { file: trialManifest(), catalogue }).lab;
}

/** Nothing is there; what is made names the manifest that it is from. */
function trialManifest(): string {
  return path.join(tmpdir(), "labscape-doctor.lab.toml");
}

async function deployAndDestroy(
  host: Host,
  lab: ResolvedLab,
  model: DeviceModel,
  { signal }: TrialOptions,
): Promise<{ readonly outcome: Outcome; readonly left: Problem | undefined }> {
  const plan = await planLab(lab, host, {
    manifest: trialManifest(),
    services: labServices(host),
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    const outcome = await applyPlan(plan, host, {
      onEvent: () => undefined,
      wait: waits(model) ? "ready" : "started",
      ...(signal === undefined ? {} : { signal }),
    });
    return { outcome, left: await remove(host, lab.name) };
  } catch (error) {
    await remove(host, lab.name); // What that runs into has the same cause, which is told.
    throw error;
  }
}

/** Goes on to its end, also when the trial is cancelled. */
async function remove(host: Host, lab: string): Promise<Problem | undefined> {
  const problem = await removalProblem(host, lab);
  if (problem === undefined) return undefined;
  return { ...problem, mend: `${problem.mend} Then: labscape destroy --lab ${lab}` };
}

async function removalProblem(host: Host, lab: string): Promise<Problem | undefined> {
  try {
    const { problems } = await applyPlan(await planDestroy(host, { lab }), host, { onEvent: () => undefined });
    return problems[0];
  } catch (error) {
    return toLabError(error, `removing ${lab}`).problem;
  }
}
