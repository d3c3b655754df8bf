import type { Providers, ResolvedLab } from "@labscape/topology";
import { hostFacts, toLabError, type Host } from "../host/index.js";
import { ImageStore } from "../images/index.js";

/**
 * Answers about a host that a lab shall run on, for the findings that need one. Asks the host once, for all that the lab
 * can want to know.
 * @throws LabError when the host does not answer.
 */
export async function hostProviders(lab: ResolvedLab, host: Host): Promise<Providers> {
  try {
    const models = new Set(lab.nodes.flatMap(({ model, image }) => (image === undefined ? [model.name] : [])));
    const [facts, images] = await Promise.all([
      hostFacts(host, lab.host.poolPath),
      new ImageStore(host).filesOf(models),
    ]);
    return {
      host: () => facts,
      imageVersions: (model) => [...(images.get(model)?.keys() ?? [])],
      imageFiles: (model, version) => images.get(model)?.get(version) ?? [],
    };
  } catch (error) {
    throw toLabError(error, "asking the host what it has");
  }
}
