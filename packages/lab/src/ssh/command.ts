import { quoteWord } from "../firstboot/index.js";
import type { LabStatus } from "../status.js";
import { sshName, sshOptions, type SshNode } from "./destination.js";
import { quoteValue } from "./quote.js";

/**
 * Arguments for OpenSSH's `ssh` to log in to a node.
 *
 * @param command to run there, one argument each, instead of a shell. They arrive as they are: the words are quoted for the
 *   shell that sshd passes them to.
 * @throws LabError `no-management-address`, `invalid-user`.
 */
export function sshArguments(
  lab: Pick<LabStatus, "name" | "owner" | "uri">,
  node: SshNode,
  command: readonly string[] = [],
  knownHosts?: string,
): readonly string[] {
  const options = [...sshOptions(lab, node, knownHosts)].flatMap(([key, value]) => [
    "-o",
    `${key}=${quoteValue(key, value)}`,
  ]);
  const words = command.length === 0 ? [] : [command.map(quoteWord).join(" ")];
  return [...options, "--", sshName(lab, node), ...words];
}
