/**
 * What the hooks for wires have in common, in plain sh. A definition goes through them as one tag a line.
 *
 * Definitions are text that users write, so nothing of them is run: only names of our form are taken, and only of taps that
 * the domain has. Kernels differ: where there is no matchall, u32 with an empty mask matches everything, too.
 */
export const WIRE_FUNCTIONS = `exists() {
  ip link show dev "$1" >/dev/null 2>&1
}

# The host itself has nothing to say on a wire.
silence() {
  setting=/proc/sys/net/ipv6/conf/$1/disable_ipv6
  [ ! -e "$setting" ] || echo 1 >"$setting"
}

redirect() {
  if tc filter show dev "$1" ingress 2>/dev/null | grep -q "to device $2)"; then return 0; fi
  tc qdisc add dev "$1" clsact 2>/dev/null
  tc filter del dev "$1" ingress 2>/dev/null
  tc filter add dev "$1" ingress protocol all matchall action mirred egress redirect dev "$2" 2>/dev/null ||
    tc filter add dev "$1" ingress protocol all u32 match u32 0 0 action mirred egress redirect dev "$2" ||
    ! exists "$1" || ! exists "$2"
}

# Both ways: every frame that comes in at one tap goes out at the other.
join() {
  redirect "$1" "$2" && redirect "$2" "$1"
}

# One tag a line.
tags_of() {
  tr '\\n>' ' \\n'
}

# Tags on standard input: the taps of our form that the domain has.
taps_in() {
  sed -n "s/.*<target dev=['\\"]\\(lw[0-9a-f]*\\)['\\"].*/\\1/p"
}

# Tags on standard input: "near,far" for every wire that our element records.
wires_in() {
  sed -n "/link .*type=['\\"]wire['\\"]/s/.*local=['\\"]\\(lw[0-9a-f]*\\)['\\"].*remote=['\\"]\\(lw[0-9a-f]*\\)['\\"].*/\\1,\\2/p"
}
`;
