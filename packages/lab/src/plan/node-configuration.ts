import type { ResolvedLab } from "@labscape/topology";
import type { LabServices } from "../contracts.js";
import { LabError } from "../errors.js";
import { renderFiles } from "../firstboot/index.js";
import type { Host } from "../host/index.js";
import { planLab } from "./plan-lab.js";

/** A first-boot file of a node, as it is now. */
export interface NodeFile {
  /** In the seed; for a device without one, what a person calls it. */
  readonly name: string;
  readonly text: string;
}

export interface NodeConfigurationOptions {
  /** Path of the manifest. */
  readonly manifest: string;
  readonly services: LabServices;
  readonly node: string;
}

/**
 * The first-boot files of a node of a deployed lab, with its addresses and its secret: what its seed holds, or what a person
 * types where the device takes nothing at boot. None where the model has none.
 *
 * @throws LabError `lab-not-deployed`, `unknown-node`, and what planning throws.
 */
export async function nodeConfiguration(
  lab: ResolvedLab,
  host: Host,
  { manifest, services, node }: NodeConfigurationOptions,
): Promise<readonly NodeFile[]> {
  const known = lab.nodes.map(({ name }) => name);
  if (!known.includes(node)) {
    throw new LabError("unknown-node", `the lab has no node ${node}`, `It has ${known.join(", ")}.`);
  }
  let files: readonly NodeFile[] = [];
  // Planning makes all choices that the files depend on, and changes nothing.
  await planLab(lab, host, {
    manifest,
    services: {
      ...services,
      images: { resolve: () => Promise.resolve({ version: "", extraDisks: [] }) },
      createSecret: () => {
        throw new LabError(
          "lab-not-deployed",
          `the addresses and the password of ${lab.name} are made when it is deployed`,
          "Deploy it first: labscape up",
        );
      },
      buildSeed: async (each, context) => {
        if (each.name === node) {
          const rendered = await renderFiles(each, context);
          files = rendered.map(({ file, text }) => ({ name: file.name, text }));
        }
        return undefined;
      },
    },
  });
  return files;
}
