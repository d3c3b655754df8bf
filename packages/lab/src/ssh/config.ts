import type { LabStatus } from "../status.js";
import { sshName, sshOptions, type SshNode } from "./destination.js";
import { quoteValue } from "./quote.js";

/**
 * A block for OpenSSH's client configuration for each node of a lab that has an address, as `Host LAB.NODE`: for a file of
 * its own that the user's `~/.ssh/config` may include, or for `ssh -F`.
 */
export function sshConfig(
  lab: Pick<LabStatus, "name" | "owner" | "uri">,
  nodes: readonly SshNode[],
  knownHosts?: string,
): string {
  const reachable = nodes.filter((node) => node.forward !== undefined || node.address !== "");
  const blocks = reachable.map((node) => {
    const options = [...sshOptions(lab, node, knownHosts)].map(
      ([key, value]) => `  ${key} ${quoteValue(key, value)}\n`,
    );
    return `Host ${sshName(lab, node)}\n${options.join("")}`;
  });
  return [`# The nodes of the lab ${lab.name}, as Labscape found them.\n`, ...blocks].join("\n");
}
