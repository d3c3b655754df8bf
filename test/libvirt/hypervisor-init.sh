#!/bin/bash
# First process of a throw-away hypervisor's namespaces (see hypervisor.ts).  Usage: hypervisor-init.sh DIRECTORY own|machine LIBVIRTD-ARGUMENT...
# Gives libvirt directories of its own, starts it, says "pid N" (as seen from outside) and "started", then waits until its
# standard input closes: that happens when the owner asks for it and also when the owner dies. The end of this process ends
# everything in the namespaces, devices and mounts included.
set -euo pipefail
directory=$1
network=$2
shift 2

read -r pid _ </proc/self/stat # /proc still belongs to the outer namespace
echo "pid $pid"

mount --make-rprivate /
mount -t proc proc /proc
if [ "$network" = own ]; then mount -t sysfs sysfs /sys; fi # which shows the interfaces of its network namespace
mkdir -p /var/cache/libvirt
mount --bind "$directory/etc" /etc/libvirt
mount --bind "$directory/lib" /var/lib/libvirt
mount --bind "$directory/log" /var/log/libvirt
mount --bind "$directory/cache" /var/cache/libvirt
mount --bind "$directory/run" /run
mount --bind "$directory/hosts" /etc/hosts
mount --bind "$directory/resolv.conf" /etc/resolv.conf
if [ ! -e /dev/net/tun ]; then
  mkdir -p /dev/net
  mount -t tmpfs tmpfs /dev/net
  mknod /dev/net/tun c 10 200
fi
hostname "$(basename "$directory")"
ip link set lo up

virtlogd -d
libvirtd "$@"
echo started

# `read` returns at the end of input; bash reaps orphans meanwhile, as process 1 must.
read -r _ || true
trap - ERR
kill -KILL -1 2>/dev/null || true
cd /
rm -rf --one-file-system "$directory"
