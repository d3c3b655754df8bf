import { ConnectionError, ErrorCode, LibvirtError } from "node-libvirt";
import { LabError } from "../errors.js";
import { connectionProblem } from "./connection-problem.js";

interface Rule {
  readonly code: string;
  readonly matches: (error: LibvirtError) => boolean;
  readonly mend: string;
}

const text = (pattern: RegExp) => (error: LibvirtError) => pattern.test(error.message);

/** What libvirt's errors mean to a user; the first rule that matches wins. Messages are those of libvirt 9 in English. */
const RULES: readonly Rule[] = [
  {
    code: "no-space",
    matches: text(/no space left|ENOSPC/i),
    mend: "Free space on the hypervisor's disk, or choose another directory with host.pool_path.",
  },
  {
    code: "out-of-memory",
    matches: text(/cannot allocate memory|cannot set up guest memory/i),
    mend: "Give the nodes less memory, or stop other guests on the hypervisor.",
  },
  {
    code: "image-missing",
    matches: text(
      /cannot access (storage|backing) file|inaccessible backing store|could not open '.*(backing|\.qcow2|\.img)/i,
    ),
    mend: "The image was moved or removed: see `labscape image list`, and add it again with `labscape image add`.",
  },
  {
    code: "network-in-use",
    matches: text(/network is already in use by interface/i),
    mend: "Choose another management.ipv4 in the manifest.",
  },
  {
    code: "bridge-name-taken",
    matches: text(/bridge name .* already in use|cannot create bridge|error creating bridge interface/i),
    mend: "Remove the bridge of that name on the hypervisor (`ip link delete NAME`), if nothing uses it.",
  },
  {
    code: "name-taken",
    matches: (error) =>
      error.code === ErrorCode.DOM_EXIST ||
      error.code === ErrorCode.NETWORK_EXIST ||
      (error.code === ErrorCode.OPERATION_FAILED && /already (exists|defined)/i.test(error.message)),
    mend: "Rename the lab or the node, or remove the object of that name with virsh.",
  },
  {
    code: "hook-failed",
    matches: (error) => error.code === ErrorCode.HOOK_SCRIPT_FAILED,
    mend: 'A hook of libvirt on the hypervisor (in /etc/libvirt/hooks) refused it. If it is Labscape\'s, its kernel or `tc` cannot join wires: use type = "udp", which passes every frame too.',
  },
  {
    code: "kvm-unavailable",
    matches: text(/could not access kvm|failed to initialize kvm|does not support virt type 'kvm'/i),
    mend: 'Set host.accelerator = "tcg" in the manifest.',
  },
  {
    code: "emulator-missing",
    matches: text(/no emulator found|cannot find suitable emulator|unable to find any emulator/i),
    mend: "Install QEMU on the hypervisor: apt install qemu-system-x86",
  },
  {
    code: "firmware-missing",
    matches: text(/unable to find any firmware/i),
    mend: "Install UEFI firmware on the hypervisor: apt install ovmf",
  },
  {
    code: "permission-denied",
    matches: (error) =>
      error.code === ErrorCode.ACCESS_DENIED ||
      error.code === ErrorCode.AUTH_FAILED ||
      error.code === ErrorCode.OPERATION_DENIED ||
      /permission denied/i.test(error.message),
    mend: "QEMU or libvirt may not open a file that the message names: check its permissions, and those of its directories, on the hypervisor.",
  },
];

/**
 * The error as users see it. Errors that are none of libvirt's come back as they are where they have a code already.
 * @param doing what failed, for instance "starting leaf1".
 * @param uri of the host, while it is being connected to: what is to be done next depends on where it is.
 */
export function toLabError(error: unknown, doing: string, uri?: string): LabError {
  if (error instanceof LabError) return error;
  const cause = { cause: error };
  if (error instanceof ConnectionError) {
    const { code, mend } = connectionProblem(error.code, uri);
    return new LabError(code, `${doing}: ${error.message}`, mend, cause);
  }
  const message = withoutEnvironment(error instanceof Error ? error.message : String(error));
  if (!(error instanceof LibvirtError)) {
    return new LabError("unexpected", `${doing}: ${message}`, "This is a fault in Labscape: please report it.", cause);
  }
  const rule = RULES.find((candidate) => candidate.matches(error));
  if (rule !== undefined) return new LabError(rule.code, `${doing}: ${message}`, rule.mend, cause);
  return new LabError(
    "libvirt-error",
    `${doing}: ${message} (libvirt error ${error.code})`,
    "The log of libvirt and of QEMU on the hypervisor (/var/log/libvirt/qemu) may say more.",
    cause,
  );
}

/** Of a hook that failed libvirt shows the command with its whole environment; which hook it was, and what it said, is enough. */
function withoutEnvironment(message: string): string {
  return message.replace(/Child process \((?:[A-Z_]+=\S* )+/, "Child process (").trimEnd();
}
