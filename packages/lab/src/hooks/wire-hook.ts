import { HOOK_MARK } from "./mark.js";
import { WIRE_FUNCTIONS } from "./wire-functions.js";

/**
 * libvirt runs this on the hypervisor before a domain's QEMU starts, when its taps are there, and for every running domain
 * when the daemon comes back (https://libvirt.org/hooks.html), with the definition on standard input. It joins the taps of the
 * domain's wires with those at their other ends as soon as both are there. Taps vanish with their domain, and what joined
 * them with them. A wire that cannot be joined fails the start: libvirt shows what the hook complains of.
 */
export const WIRE_HOOK_SCRIPT = `#!/bin/sh
${HOOK_MARK}
# Joins the taps of Labscape's wires when a domain starts; touches no other domain and no other device.
case "$2" in start | reconnect) ;; *) exit 0 ;; esac
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin

${WIRE_FUNCTIONS}
tags=$(tags_of)
case "$tags" in *urn:labscape:resource*) ;; *) exit 0 ;; esac
taps=$(printf '%s\\n' "$tags" | taps_in)
for tap in $taps; do
  ! exists "$tap" || silence "$tap"
done
status=0
for end in $(printf '%s\\n' "$tags" | wires_in); do
  near=\${end%,*}
  far=\${end#*,}
  printf '%s\\n' "$taps" | grep -qx "$near" || continue
  exists "$near" && exists "$far" || continue
  if ! join "$near" "$far"; then
    echo "labscape: the taps $near and $far of a wire cannot be joined" >&2
    status=1
  fi
done
exit $status
`;
