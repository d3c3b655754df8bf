import { LabError } from "../errors.js";
import { toLabError, type Host } from "../host/index.js";
import { nodeRole, resourceUuid, type LabIdentity } from "../identity/index.js";
import { isOfLab, surveyHost } from "../observe/index.js";

/**
 * UUID of a node's domain: of a device of several virtual machines the named one, or the main one. For a node that is not
 * there, the one that it would have.
 * @throws LabError `unknown-member`.
 */
export async function machineUuid(
  host: Pick<Host, "connection">,
  identity: LabIdentity,
  node: string,
  member: string | undefined,
): Promise<string> {
  const whole = resourceUuid(identity, nodeRole(node, ""));
  try {
    const { domains } = await surveyHost(host.connection);
    const machines = domains
      .filter((domain) => isOfLab(identity, domain))
      .filter(({ metadata }) => metadata.name === node);
    const found = machines.find(({ metadata }) => (member === undefined ? metadata.main : metadata.member === member));
    if (found !== undefined) return found.uuid;
    if (member === undefined || machines.length === 0) return whole;
    const names = machines.flatMap(({ metadata }) => (metadata.member === "" ? [] : [metadata.member]));
    throw new LabError(
      "unknown-member",
      `${node} has no member ${member}`,
      names.length === 0
        ? `${node} is one virtual machine: leave the member out.`
        : `It has ${names.sort().join(", ")}.`,
    );
  } catch (error) {
    throw toLabError(error, `looking for ${node}`);
  }
}
