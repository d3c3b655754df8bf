import { HOOK_MARK } from "./mark.js";
import { WIRE_FUNCTIONS } from "./wire-functions.js";

/** Namespace of the element by which a network's definition asks the hook for something. */
export const REQUEST_NAMESPACE = "urn:labscape:wires";

/** Where libvirt's QEMU driver keeps what it knows of each running domain, the live definition among it. */
export const STATUS_FOLDER = "/run/libvirt/qemu";

/**
 * libvirt runs this on the hypervisor before a network starts, with its definition on standard input. A definition that
 * carries a request never becomes a network: the hook does what is asked and refuses the start, and its words come back to
 * whoever asked, in libvirt's error. That is how a client, also one far away, reaches the taps of domains that run; libvirt
 * has no call for it.
 *
 * The request names taps. Each is joined with the other end that its running domain records, where that one's domain agrees
 * and both are there; else it is parted from whatever it was joined with. A tap of a domain without our metadata is left
 * alone. The answer says which of our hooks are there, so that a request without taps is a question.
 */
export const REPLUG_HOOK_SCRIPT = `#!/bin/sh
${HOOK_MARK}
# Joins and parts the taps of Labscape's wires while their nodes run; touches no other domain and no other device.
[ "$2" = start ] || exit 0
PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin

${WIRE_FUNCTIONS}
answer() {
  echo "labscape-wires: $*" >&2
  exit 1
}

# A daemon that found a hook of a driver when it started looks into the folder anew each time; else it never does.
qemu_hook() {
  folder=$(dirname "$0")/..
  [ -x "$folder/qemu.d/labscape" ] || { echo absent; return; }
  daemon=/run/virtqemud.pid
  [ -e "$daemon" ] || daemon=/run/libvirtd.pid
  for hook in "$folder/qemu" "$folder"/qemu.d/*; do
    if [ -e "$hook" ] && [ ! "$hook" -nt "$daemon" ]; then echo installed; return; fi
  done
  [ -e "$daemon" ] && echo unseen || echo installed
}

# The other end of a tap, as the live definition of its domain says; fails where no domain of ours has the tap.
other_end() {
  file=$(grep -ls "<target dev=['\\"]$1['\\"]" ${STATUS_FOLDER}/*.xml | sed 1q)
  [ -n "$file" ] || return 1
  tags=$(tags_of <"$file")
  case "$tags" in *urn:labscape:resource*) ;; *) return 1 ;; esac
  printf '%s\\n' "$tags" | wires_in | sed -n "s/^$1,//p" | sed 1q
}

part() {
  tc filter del dev "$1" ingress 2>/dev/null
  [ -z "$(tc filter show dev "$1" ingress 2>/dev/null)" ]
}

request=$(tags_of)
case "$request" in *${REQUEST_NAMESPACE}*) ;; *) exit 0 ;; esac
wire=$(qemu_hook)
command -v tc >/dev/null || wire=no-tc
bridge=absent
[ ! -x "$(dirname "$0")/labscape" ] || bridge=installed
failed=
for tap in $(printf '%s\\n' "$request" | sed -n "s/.*tap name=['\\"]\\(lw[0-9a-f]*\\)['\\"].*/\\1/p"); do
  exists "$tap" && far=$(other_end "$tap") || continue
  silence "$tap"
  if [ -n "$far" ] && exists "$far" && [ "$(other_end "$far")" = "$tap" ]; then
    join "$tap" "$far" || failed="$failed $tap"
  else
    part "$tap" || failed="$failed $tap"
  fi
done
answer "wire=$wire bridge=$bridge failed=$(echo $failed | tr ' ' ,)"
`;
