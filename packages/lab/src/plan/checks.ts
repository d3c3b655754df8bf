import type { DesiredLab } from "../desire/index.js";
import { LabError } from "../errors.js";
import type { Survey } from "../observe/index.js";

/**
 * Refuses names that somebody else's objects have. Nothing of others is ever changed, so the user must choose.
 * @throws LabError `name-taken` that names the first such object.
 */
export function checkNames(desired: DesiredLab, survey: Survey): void {
  const foreign = [
    ...clashes("domain", desired.domains, survey.domains),
    ...clashes("network", desired.networks, survey.networks),
    ...clashes("storage pool", [desired.pool], survey.pools),
  ];
  const [first] = foreign;
  if (first === undefined) return;
  const more = foreign.length === 1 ? "" : ` (and ${foreign.length - 1} more)`;
  throw new LabError(
    "name-taken",
    `the host has a ${first.kind} called ${first.name} that is not of this lab${more}`,
    "Rename the lab in the manifest, or remove the other object if it is yours. Labscape leaves it alone.",
  );
}

interface Named {
  readonly uuid: string;
  readonly name: string;
}

function clashes(
  kind: string,
  wanted: readonly Named[],
  present: readonly Named[],
): readonly { readonly kind: string; readonly name: string }[] {
  const uuids = new Map(present.map(({ name, uuid }) => [name, uuid]));
  return wanted.filter(({ name, uuid }) => (uuids.get(name) ?? uuid) !== uuid).map(({ name }) => ({ kind, name }));
}

/**
 * Refuses a UUID of ours on an object without our metadata: a definition that was edited by hand, or one of a later format.
 * @throws LabError `metadata-missing`.
 */
export function checkMetadata(desired: DesiredLab, survey: Survey): void {
  const present = [...survey.domains, ...survey.networks].filter(({ metadata }) => metadata === undefined);
  const uuids = new Set([...desired.domains, ...desired.networks].map(({ uuid }) => uuid));
  const stray = present.find(({ uuid }) => uuids.has(uuid));
  if (stray === undefined) return;
  throw new LabError(
    "metadata-missing",
    `${stray.name} has the UUID of this lab's node or network, but not Labscape's metadata`,
    "A newer Labscape made it, or its definition was edited by hand: use that version, or remove it with virsh.",
  );
}
