import { labStatus, LabError, type Host, type LabStatus } from "@labscape/lab";

/** The user's lab as it is on the host. @throws LabError `lab-not-deployed`. */
export async function deployedLab(host: Host, name: string): Promise<LabStatus> {
  const labs = await labStatus(host, { lab: name });
  const found = labs.find(({ owner }) => owner === host.owner);
  if (found !== undefined) return found;
  throw new LabError("lab-not-deployed", `nothing of the lab ${name} is on this host`, "Deploy it: labscape up");
}

/** @throws LabError `unknown-node`. */
export function nodeNamed<N extends { readonly name: string }>(nodes: readonly N[], name: string, lab: string): N {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const names = nodes.map((node) => node.name).join(", ");
  throw new LabError("unknown-node", `the lab ${lab} has no node ${name} on this host`, `It has ${names}.`);
}
