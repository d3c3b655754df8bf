#!/bin/bash
# Called by mmdebstrap:  debian-finish.sh ROOT IMAGE. Makes an installed root an image that has never been started.
set -euo pipefail
root=$1 image=$2

rm -f "$root"/etc/ssh/ssh_host_* "$root"/etc/hostname "$root"/etc/resolv.conf
: >"$root/etc/machine-id"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/* "$root"/var/log/*.log "$root"/var/log/apt

# Nothing here fetches packages, and a guest without KVM has no second to spare.
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
chroot "$root" systemctl --quiet enable systemd-networkd.service

cat >"$root/etc/cloud/cloud.cfg.d/90-test-guest.cfg" <<'SETTINGS'
# The modules that act on what a lab says: each of the others costs a guest without KVM about a second. The stages, and how they
# find their data and set up the network, are the distribution's.
cloud_init_modules: [bootcmd, write-files, set_hostname, update_hostname, update_etc_hosts, users-groups, ssh]
cloud_config_modules: [set-passwords, runcmd]
cloud_final_modules: [write-files-deferred, scripts-user, final-message]
# An RSA key takes many seconds.
ssh_genkeytypes: [ed25519]
ssh: { emit_keys_to_console: false }
SETTINGS

# Seen through a second mount, which shows nothing of what is mounted in the root now (/proc, /sys).
bare=$(mktemp --directory)
mount --bind "$root" "$bare"
mib=$(($(du --summarize --one-file-system --block-size=1M "$bare" | cut -f1) + 150))
rm -f "$image"
truncate --size "${mib}M" "$image"
mke2fs -q -t ext4 -L root -O ^metadata_csum,^has_journal -m 0 -d "$bare" "$image"
umount "$bare"
rmdir "$bare"
