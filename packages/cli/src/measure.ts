import { setTimeout as pass } from "node:timers/promises";
import { watchLabs, type Host, type LabStatus } from "@labscape/lab";
import type { MeasuredLink } from "./output/rates.js";

/** Milliseconds that are measured. */
const SPAN = 1000;

export type MeasuredLab = Omit<LabStatus, "links"> & { readonly links: readonly MeasuredLink[] };

/** What runs, with what passes each link in a second, measured now. @param name of one lab; absent: all. */
export async function measured(
  host: Host,
  name: string | undefined,
  signal: AbortSignal,
): Promise<readonly MeasuredLab[]> {
  let found: readonly LabStatus[] = [];
  const watch = await watchLabs(host, (all) => {
    found = name === undefined ? all : all.filter((lab) => lab.name === name);
  });
  try {
    const meter = watch.meter();
    await meter.read(found);
    await pass(SPAN, undefined, { signal });
    const traffic = await meter.read(found);
    return found.map((lab) => {
      const rates = traffic.find(({ name: of, owner }) => of === lab.name && owner === lab.owner)?.links;
      return {
        ...lab,
        links: lab.links.map((link): MeasuredLink => {
          const known = rates?.get(link.src);
          return known === undefined ? link : { ...link, rates: known };
        }),
      };
    });
  } finally {
    await watch.close();
  }
}
