import type { DeviceModel } from "@labscape/devices";
import type { Analysis } from "../analysis.js";
import { hostName } from "../model/host-name.js";
import { Refused } from "./refused.js";

/** Checks a new name of a node or bridge. Nodes and bridges do not share names, so that a picture can tell them apart. */
export function checkName(name: string, kind: "node" | "bridge", analysis: Analysis): string {
  if (!hostName.test(name))
    throw new Refused(
      "invalid",
      `A ${kind}'s name has 1 to 63 letters, digits and -, with a letter or digit at both ends.`,
    );
  if (takenNames(analysis).has(name)) throw new Refused("taken", `There is something called \`${name}\` already.`);
  return name;
}

/** The names of all nodes and bridges. */
export function takenNames({ manifest }: Analysis): ReadonlySet<string> {
  const names = new Set(manifest.nodesByName.keys());
  for (const { name } of manifest.bridges) if (name !== undefined) names.add(name.value);
  return names;
}

/** The next name of a series that nobody has: leaf2 after leaf1, leaf02 after leaf01, core2 after core. */
export function nextName(like: string, taken: ReadonlySet<string>): string {
  const [, stem = like, digits = ""] = /^(.*?)(\d*)$/.exec(like) ?? [];
  for (let number = digits === "" ? 2 : Number(digits) + 1; ; number++) {
    const suffix = String(number).padStart(digits.length, "0");
    const name = `${stem.slice(0, 63 - suffix.length)}${suffix}`;
    if (!taken.has(name)) return name;
  }
}

const stems: Readonly<Record<DeviceModel["role"], string>> = {
  router: "r",
  switch: "sw",
  firewall: "fw",
  host: "host",
  other: "node",
};

/** A name for another node of a model: the next in the series of those that there are. */
export function nameForModel(model: DeviceModel, analysis: Analysis): string {
  const taken = takenNames(analysis);
  const last = analysis.manifest.nodes.findLast((node) => node.model === model && /\d$/.test(node.name?.value ?? ""));
  return nextName(last?.name?.value ?? `${stems[model.role]}0`, taken);
}

export function nextBridgeName(analysis: Analysis, external: string | undefined): string {
  const taken = takenNames(analysis);
  if (external !== undefined && hostName.test(external))
    return taken.has(external) ? nextName(external, taken) : external;
  return nextName("lan0", taken);
}
