import type { Severity } from "../finding.js";

interface CodeDescription {
  readonly severity: Severity;
  /** What is wrong, in one sentence; heads the check's page. */
  readonly summary: string;
}

const error = (summary: string) => ({ severity: "error", summary }) as const;
const warning = (summary: string) => ({ severity: "warning", summary }) as const;
const information = (summary: string) => ({ severity: "information", summary }) as const;
const hint = (summary: string) => ({ severity: "hint", summary }) as const;

/** Every check, by the code of its findings. */
export const checkCodes = {
  "toml-syntax": error("The text is not TOML."),
  "toml-duplicate-key": error("A key or table is defined twice."),
  "toml-1.1-feature": hint("The text uses something that TOML 1.0 does not have."),

  "unknown-key": error("A key that is not known where it stands."),
  "missing-key": error("A key that must be given is not there."),
  "wrong-type": error("A value is of another kind than its key asks for."),
  "key-has-no-effect": warning("A key does nothing for this node or link."),
  "unsupported-key": warning("A key that is known but does not act."),
  "mixed-dialects": warning("The file uses keys of both dialects."),
  "deprecated-name": hint("A device model goes by another name here."),

  "invalid-value": error("A value of a device model's file is not one of those that its key can have."),
  "invalid-name": error("A name has characters or a length that it cannot have."),
  "out-of-range": error("A value is outside the range that is allowed."),
  "invalid-address": error("A text is not an IP address, or not one of the kind that is asked for."),
  "invalid-mac": error("A text is not a hardware address."),
  "multicast-mac": error("A hardware address is a multicast address, which no port can have."),
  "invalid-environment": error("An environment variable is not written as NAME=value."),
  "invalid-percent": error("A share is not between 0 and 100 percent."),
  "invalid-path": error("A path cannot lead to a file."),

  "plaintext-password": warning("A password or private key stands in the manifest."),

  "duplicate-node": error("Two nodes have the same name or number."),
  "unknown-model": error("No device model has this name."),
  "duplicate-model": error("Two files of one folder define the same device model."),
  "extends-cycle": error("A device model extends itself in the end."),
  "unknown-group": error("No group has this name."),
  "unused-group": hint("No node names this group."),
  "memory-below-model-minimum": warning("The node has less memory than its device needs."),
  "unconnected-node": hint("No link or bridge uses any port of the node."),
  "dependency-cycle": error("Nodes wait for one another."),
  "image-missing": error("The node's disk image does not exist."),
  "version-missing": error("The image store has no image of this version."),
  "companion-image-missing": error("The image store lacks a file that the model needs beside its image."),
  "disk-smaller-than-image": error("A boot disk is smaller than the image that it starts from."),
  "image-not-found-in-store": warning("The image store has no image of this model."),

  "unknown-node": error("No node has this name."),
  "unknown-port": error("The node's device has no such port."),
  "management-port-in-link": error("A link ends at a management port."),
  "reserved-port": error("A link ends at a port that the device keeps for itself."),
  "port-out-of-range": error("A link ends at a port beyond those that the node has."),
  "port-used-twice": error("Two cables end at the same port."),
  "self-link": error("A link joins a node to itself."),
  "port-name-not-canonical": hint("A port is called by another of its names."),
  "link-to-same-pair": hint("Several links join the same two nodes."),

  "duplicate-address": error("Two ports or nodes have the same IP address."),
  "address-outside-network": error("A management address is not in the management network."),
  "subnet-overlap": warning("Different links use overlapping IP networks."),
  "link-subnet-mismatch": warning("The two ends of a link have addresses in different networks."),
  "mtu-mismatch": warning("The two ends of a link have different MTUs."),
  "duplicate-mac": error("Two ports have the same hardware address."),

  "duplicate-bridge": error("Two bridges have the same name."),
  "bridge-with-one-port": hint("A bridge has fewer than two ports."),
  "bridge-blocks-frames": information("Frames that two switches send each other do not pass between them."),

  "file-not-found": error("A path leads to no file."),
  "file-empty": error("A path leads to an empty file."),
  "include-not-found": error("An included file does not exist."),
  "include-cycle": error("Files include one another."),
  "override-without-effect": hint("A value says again what a weaker file says already."),

  "external-bridge-missing": error("The host has no bridge of this name."),
  "host-memory-exceeded": warning("The nodes need more memory than the host has."),
  "host-cpu-exceeded": warning("A node has more CPUs than the host."),
  "host-disk-exceeded": warning("The nodes' disks can become larger than the host's file system."),
  "name-too-long-for-host": error("A name is longer than the host allows."),
  "lab-name-taken": warning("Another manifest gives its lab the same name."),
} as const satisfies Readonly<Record<string, CodeDescription>>;

export type CheckCode = keyof typeof checkCodes;

/** The checks that need to know the host or its image store: absent while nobody has asked it. */
export const hostCheckCodes: ReadonlySet<string> = new Set<CheckCode>([
  "version-missing",
  "image-not-found-in-store",
  "companion-image-missing",
  "disk-smaller-than-image",
  "external-bridge-missing",
  "host-memory-exceeded",
  "host-cpu-exceeded",
  "host-disk-exceeded",
]);
