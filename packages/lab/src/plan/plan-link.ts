import { builtinCatalogue, type Catalogue } from "@labscape/devices";
import { toLabError, type Host } from "../host/index.js";
import { labIdentity, resourceUuid } from "../identity/index.js";
import { isOfLab, surveyHost } from "../observe/index.js";
import { diffLink } from "./link-state.js";
import { createPlan, type Plan } from "./plan.js";

export interface LinkOptions {
  readonly lab: string;
  /** Default: the user. */
  readonly owner?: string;
  /** One end of the cable: "node::port". */
  readonly endpoint: string;
  readonly state: "up" | "down";
  /** Knows the other names of ports. Default: the models that come with Labscape. */
  readonly catalogue?: Catalogue;
}

/**
 * The steps that pull or plug a cable of a lab that is there. The manifest still says what it says: `planLab` puts the state
 * back that it wants.
 *
 * @throws LabError `unknown-node`, `unknown-link`, `lab-not-deployed`.
 */
export async function planLink(
  host: Host,
  { lab, owner, endpoint, state, catalogue = builtinCatalogue }: LinkOptions,
): Promise<Plan> {
  const identity = labIdentity(owner ?? host.owner, lab);
  try {
    const { domains } = await surveyHost(host.connection);
    const nodes = domains.flatMap((domain) => (isOfLab(identity, domain) ? [domain] : []));
    return createPlan(
      {
        purpose: "link",
        identity,
        pool: resourceUuid(identity, "pool"),
        steps: diffLink(nodes, endpoint, state, catalogue),
        boots: new Map(),
        ready: new Set(),
        booting: new Set(),
        readyTimeout: undefined,
        services: undefined,
        remaining: undefined,
      },
      { uri: host.uri, warnings: [], consents: [] },
    );
  } catch (error) {
    throw toLabError(error, `looking at ${lab}`);
  }
}
