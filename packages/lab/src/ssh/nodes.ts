import { builtinCatalogue } from "@labscape/devices";
import type { ResolvedLab } from "@labscape/topology";
import type { LabStatus } from "../status.js";
import type { SshNode } from "./destination.js";

/**
 * The nodes of a lab as ssh reaches them. Their accounts: `user` where it is given, else those of the manifest, or of the
 * models where there is no manifest.
 */
export function sshNodes(
  { nodes }: Pick<LabStatus, "nodes">,
  { lab, user }: { readonly lab?: ResolvedLab | undefined; readonly user?: string | undefined } = {},
): readonly SshNode[] {
  return nodes.map(({ name, address, forward, model }) => ({
    name,
    address,
    ...(forward === undefined ? {} : { forward }),
    user:
      user ??
      lab?.nodes.find((node) => node.name === name)?.user ??
      builtinCatalogue.find(model)?.model.credentials.user ??
      "root",
  }));
}
