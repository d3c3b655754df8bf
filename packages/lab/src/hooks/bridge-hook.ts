import { HOOK_MARK } from "./mark.js";

/**
 * libvirt runs this on the hypervisor when a network has started, with its definition on standard input. On the bridges of
 * Labscape's links and segments it lets through the frames that 802.1D reserves (01:80:c2:00:00:00 to :0f), LLDP and 802.1X
 * among them, but for the three that the kernel never lets a bridge forward: STP (which passes while the bridge does not
 * speak it), pause and LACP. Mask: a bit for each address, see group_fwd_mask in ip-link(8).
 */
export const BRIDGE_HOOK_SCRIPT = `#!/bin/sh
${HOOK_MARK}
# Lets LLDP and 802.1X frames pass the bridges of Labscape's links; touches no other network.
[ "$2" = started ] || exit 0
PATH=$PATH:/usr/bin:/bin

tags=$(tr '\\n>' ' \\n')
printf '%s\\n' "$tags" | grep "urn:labscape:resource" | grep -q "role=['\\"]\\(link\\|bridge\\)['\\"]" || exit 0
device=$(printf '%s\\n' "$tags" | sed -n "s/.*<bridge .*name=['\\"]\\(ls[0-9a-f]*\\)['\\"].*/\\1/p")
mask=/sys/class/net/$device/bridge/group_fwd_mask
[ ! -e "$mask" ] || echo 0xfff8 >"$mask"
`;
