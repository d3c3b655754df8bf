import { homedir } from "node:os";
import { join } from "node:path";
import { parseUri } from "node-libvirt";
import { LabError } from "../errors.js";
import type { LabStatus, NodeStatus } from "../status.js";

/** A node as ssh needs to know it. */
export interface SshNode extends Pick<NodeStatus, "name" | "address" | "forward"> {
  /** Account on the node. */
  readonly user: string;
}

/** Options of OpenSSH (ssh_config(5)) with their values as they are meant, not yet quoted. */
export type SshOptions = ReadonlyMap<string, string>;

/** What OpenSSH calls the node: the name of its domain, which no other node on the host has. */
export function sshName(lab: Pick<LabStatus, "name">, node: Pick<SshNode, "name">): string {
  return `${lab.name}.${node.name}`;
}

/** Where the host keys of a lab's nodes are kept, apart from those of the user's own hosts. ssh makes the file, not its folder. */
export function knownHostsFile(
  lab: Pick<LabStatus, "name" | "owner">,
  stateDirectory = process.env["XDG_STATE_HOME"] ?? join(homedir(), ".local", "state"),
): string {
  return join(stateDirectory, "labscape", `${lab.owner}.${lab.name}.known_hosts`);
}

/**
 * How OpenSSH reaches a node: at its management address, at the port that is forwarded to it in user networking, and
 * through the hypervisor where that is another machine.
 *
 * @throws LabError `no-management-address`; `invalid-user` for an account name that OpenSSH cannot be told.
 */
export function sshOptions(
  lab: Pick<LabStatus, "name" | "owner" | "uri">,
  node: SshNode,
  knownHosts = knownHostsFile(lab),
): SshOptions {
  const host = node.forward?.host ?? node.address;
  if (host === "") {
    throw new LabError(
      "no-management-address",
      `${node.name} has no management address`,
      `Use its console instead: labscape console ${node.name}`,
    );
  }
  if (/[\s"\p{Cc}]|^-|^$/u.test(node.user)) {
    throw new LabError("invalid-user", `ssh cannot log in as "${node.user}"`, "Correct `user` in the manifest.");
  }
  const jump = jumpHost(lab.uri);
  return new Map([
    ["HostName", host],
    ...(node.forward === undefined ? [] : [["Port", String(node.forward.port)] as const]),
    ["User", node.user],
    ...(jump === undefined ? [] : [["ProxyJump", jump] as const]),
    ["HostKeyAlias", sshName(lab, node)],
    ["UserKnownHostsFile", knownHosts],
    // A node has new keys whenever it is made anew. The way to it is this machine, or the jump host, whose key is checked.
    ["StrictHostKeyChecking", "no"],
  ]);
}

/** The hypervisor as OpenSSH's ProxyJump names it; undefined where it is this machine. */
function jumpHost(uri: string): string | undefined {
  const { transport, host, user, port } = parseUri(uri);
  if (transport !== "ssh" || host === undefined) return undefined;
  const place = host.includes(":") ? `[${host}]` : host;
  return `${user === undefined ? "" : `${user}@`}${place}${port === undefined ? "" : `:${port}`}`;
}
