import { diffLab, type LabDifference } from "../../src/plan/diff.js";
import type { ObservedLab } from "../../src/observe/index.js";
import { applied, desire, type DesireOptions } from "../desired.js";

export const lines = (difference: LabDifference): readonly string[] =>
  difference.steps.map(({ step }) => `${step.id}: ${step.reason}`);

export function manifest(
  changes: {
    readonly a?: string;
    readonly b?: string;
    readonly more?: string;
    readonly links?: string;
    readonly rest?: string;
  } = {},
): string {
  const { a = "", b = "", more = "", rest = "" } = changes;
  const links = changes.links ?? `{ src = "a::eth1", dst = "b::eth1" }`;
  return `name = "quarry"
nodes = [
  { name = "a", model = "tiny_linux", data_interface_count = 3${a} },
  { name = "b", model = "tiny_linux", data_interface_count = 3${b} },
  ${more}
]
links = [${links}]
${rest}`;
}

export const wire = (src: string, dst: string): string => `{ src = "${src}", dst = "${dst}", type = "wire" }`;

/** The difference between a lab that was applied from one manifest and another manifest. */
export async function change(
  before: string,
  after: string,
  options: { readonly observed?: (lab: ObservedLab) => ObservedLab } & DesireOptions = {},
): Promise<LabDifference> {
  const { observed = (lab: ObservedLab): ObservedLab => lab, ...how } = options;
  const host = observed(applied(await desire(before)));
  return diffLab(await desire(after, host, how), host);
}
