import { HOOK_MARK } from "./mark.js";

/**
 * libvirt runs this on the hypervisor before a domain's QEMU starts, when its taps are there, and for every running domain
 * when the daemon comes back (https://libvirt.org/hooks.html), with the definition on standard input. It joins the taps of the
 * domain's wires with those at their other ends, both ways, as soon as both are there: every frame that comes in at one goes
 * out at the other. Taps vanish with their domain, and what joined them with them. A wire that cannot be joined fails the
 * start: libvirt shows what the hook complains of.
 *
 * Definitions are text that users write, so nothing of them is run: only names of our form are taken, and only of taps that
 * the domain has. Kernels differ: where there is no matchall, u32 with an empty mask matches everything, too.
 */
export const WIRE_HOOK_SCRIPT = `#!/bin/sh
${HOOK_MARK}
# Joins the taps of Labscape's wires when a domain starts; touches no other domain and no other device.
case "$2" in start | reconnect) ;; *) exit 0 ;; esac
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin

exists() {
  ip link show dev "$1" >/dev/null 2>&1
}

# The host itself has nothing to say on a wire.
silence() {
  setting=/proc/sys/net/ipv6/conf/$1/disable_ipv6
  [ ! -e "$setting" ] || echo 1 >"$setting"
}

join() {
  if tc filter show dev "$1" ingress 2>/dev/null | grep -q "to device $2)"; then return 0; fi
  tc qdisc add dev "$1" clsact 2>/dev/null
  tc filter del dev "$1" ingress 2>/dev/null
  tc filter add dev "$1" ingress protocol all matchall action mirred egress redirect dev "$2" 2>/dev/null ||
    tc filter add dev "$1" ingress protocol all u32 match u32 0 0 action mirred egress redirect dev "$2" ||
    ! exists "$1" || ! exists "$2"
}

tags=$(tr '\\n>' ' \\n')
case "$tags" in *urn:labscape:resource*) ;; *) exit 0 ;; esac
ends=$(printf '%s\\n' "$tags" | sed -n "/link .*type=['\\"]wire['\\"]/s/.*local=['\\"]\\(lw[0-9a-f]*\\)['\\"].*remote=['\\"]\\(lw[0-9a-f]*\\)['\\"].*/\\1,\\2/p")
status=0
for end in $ends; do
  near=\${end%,*}
  far=\${end#*,}
  printf '%s\\n' "$tags" | grep -q "<target dev=['\\"]$near['\\"]" || continue
  exists "$near" || continue
  silence "$near"
  exists "$far" || continue
  if ! join "$near" "$far" || ! join "$far" "$near"; then
    echo "labscape: the taps $near and $far of a wire cannot be joined" >&2
    status=1
  fi
done
exit $status
`;
