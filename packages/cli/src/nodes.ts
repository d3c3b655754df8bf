import { builtinCatalogue } from "@labscape/devices";
import { labStatus, LabError, type Host, type LabStatus, type SshNode } from "@labscape/lab";
import type { ChosenLab } from "./lab.js";

/** The user's lab as it is on the host. @throws LabError `lab-not-deployed`. */
export async function deployedLab(host: Host, name: string): Promise<LabStatus> {
  const labs = await labStatus(host, { lab: name });
  const found = labs.find(({ owner }) => owner === host.owner);
  if (found !== undefined) return found;
  throw new LabError("lab-not-deployed", `nothing of the lab ${name} is on this host`, "Deploy it: labscape up");
}

/** The nodes as ssh reaches them. Accounts are those of the manifest, or of the models where there is none. */
export function sshNodes(status: LabStatus, { manifest }: ChosenLab, user?: string): readonly SshNode[] {
  return status.nodes.map(({ name, address, forward, model }) => ({
    name,
    address,
    ...(forward === undefined ? {} : { forward }),
    user:
      user ??
      manifest?.lab.nodes.find((node) => node.name === name)?.user ??
      builtinCatalogue.find(model)?.model.credentials.user ??
      "root",
  }));
}

/** @throws LabError `unknown-node`. */
export function nodeNamed<N extends { readonly name: string }>(nodes: readonly N[], name: string, lab: string): N {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const names = nodes.map((node) => node.name).join(", ");
  throw new LabError("unknown-node", `the lab ${lab} has no node ${name} on this host`, `It has ${names}.`);
}
