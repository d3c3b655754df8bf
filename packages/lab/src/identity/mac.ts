import { identityDigest, type LabIdentity } from "./lab-identity.js";

/** Prefix that QEMU and libvirt use for guests. */
const PREFIX = "52:54:00";

/**
 * MAC addresses of a lab's NICs, by name ("leaf1/nic/3"). A NIC's address depends on its own name only, except where two
 * names meet in the same 24 bits: there the later one, in the order given, takes the next address of its own sequence.
 *
 * @param fixed addresses that the manifest sets; no other NIC gets one of them.
 */
export function allocateMacs(
  identity: LabIdentity,
  nics: readonly string[],
  fixed: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const taken = new Set([...fixed.values()].map((mac) => mac.toLowerCase()));
  const result = new Map<string, string>();
  for (const nic of nics) {
    const mac = fixed.get(nic)?.toLowerCase() ?? firstFree(identity, nic, taken);
    taken.add(mac);
    result.set(nic, mac);
  }
  return result;
}

function firstFree(identity: LabIdentity, nic: string, taken: ReadonlySet<string>): string {
  for (let attempt = 0; ; attempt++) {
    const digest = identityDigest(identity, `mac/${nic}/${attempt}`);
    const mac = [PREFIX, ...[0, 1, 2].map((i) => digest.toString("hex", i, i + 1))].join(":");
    if (!taken.has(mac)) return mac;
  }
}
