#!/bin/bash
# Builds the test guests from the distribution's packages: a kernel and an initrd for direct boot, and the same as a disk that
# a BIOS boots. README.md says what is in them. Mounts nothing and needs no root (debian_linux: see debian.sh).
#   test/guests/build.sh OUTPUT GUEST...          GUEST: tiny_linux, frr_linux or debian_linux
# Gives OUTPUT/GUEST/{vmlinuz,initrd,disk.qcow2}. The same package versions give the same bytes, but for debian_linux. Nothing
# is done for a guest whose recipe and package versions have not changed since it was built.
# Programs needed: apt-get, kmod, cpio, gcc (with libc6-dev), binutils, mtools, mkfs.vfat, sfdisk, syslinux, qemu-img; for
# debian_linux mmdebstrap and mke2fs.
set -euo pipefail
export LC_ALL=C SOURCE_DATE_EPOCH=0 TZ=UTC PATH=$PATH:/usr/sbin:/sbin

here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/build/packages"
output=$(cd "$1" && pwd)
shift
work=$output/build
command_line="console=ttyS0 quiet mitigations=off nokaslr random.trust_cpu=on cryptomgr.notests no_timer_check panic=1"

boot_modules="virtio_pci virtio_net virtio_blk virtio_scsi sd_mod sr_mod ata_piix virtio_console isofs vfat nls_cp437
  nls_ascii nls_utf8 button evdev e1000 e1000e vmxnet3 8139cp"
frr_daemons="zebra staticd bgpd ospfd ospf6d ripd isisd ldpd bfdd"

# shellcheck source=test/guests/debian.sh
. "$here/debian.sh"

fail() {
  echo "$*" >&2
  exit 1
}

# The package that the distribution's newest kernel for virtual machines comes in.
kernel_package() {
  local name dependency
  for name in linux-image-cloud-amd64 linux-image-virtual; do
    dependency=$(apt-cache depends --important "$name" 2>/dev/null | awk '/ Depends: linux-image-[0-9]/ { print $2; exit }')
    if [ -n "$dependency" ]; then
      echo "$dependency"
      return
    fi
  done
  fail "apt knows no kernel for virtual machines: run 'apt-get update' and try again"
}

# packages_of GUEST: the packages that the guest is made of: those named here and all libraries that they need
packages_of() {
  local roots="busybox-static dropbear-bin"
  case $1 in
    frr_linux) roots="$roots frr iproute2 libpam-modules" ;;
    debian_linux) roots="busybox-static" ;;
  esac
  # shellcheck disable=SC2086 # a list of names
  {
    printf '%s\n' $roots "$kernel" "${kernel/image/modules}"
    apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances $roots |
      { grep -E '^z?lib' || true; }
  } | sort -u
}

# versions PACKAGE...: NAME=VERSION of those that apt can get
versions() {
  apt-cache policy "$@" | awk '/^[^ ]/ { sub(/:$/, "", $1); name = $1 } /Candidate:/ && $2 != "(none)" { print name "=" $2 }'
}

# fetch NAME=VERSION...: unpacks the packages into $unpacked
fetch() {
  local package missing=()
  for package in "$@"; do
    if [ ! -e "$work/packages/.$package" ]; then missing+=("$package"); fi
  done
  if [ ${#missing[@]} -gt 0 ]; then (cd "$work/packages" && apt-get download -qq -o APT::Sandbox::User=root "${missing[@]}"); fi
  for package in "${missing[@]}"; do touch "$work/packages/.$package"; done
  rm -rf "$unpacked"
  mkdir -p "$unpacked"
  for package in "$@"; do
    local version=${package#*=}
    dpkg-deb --extract "$work/packages/${package%%=*}_${version//:/%3a}_"*.deb "$unpacked"
  done
}

# library NAME: where it lies below $unpacked
library() {
  find "$unpacked" \( -type f -o -type l \) -name "$1" -print -quit
}

# install_program SOURCE [TARGET]: copies a program of the packages and, once each, the libraries that it needs
install_program() {
  local target=$root/${2:-$1}
  mkdir -p "$(dirname "$target")"
  rm -f "$target"
  cp -L "$unpacked/$1" "$target"
  install_libraries "$target"
}

install_libraries() {
  local name found target
  for name in $(objdump --private-headers "$1" | awk '/NEEDED/ { print $2 }'); do
    target=$root/lib/$name
    case $name in ld-linux*) target=$root/lib64/$name ;; esac
    if [ -e "$target" ]; then continue; fi
    found=$(library "$name")
    [ -n "$found" ] || fail "none of the packages has $name, which $1 needs"
    cp -L "$found" "$target"
    install_libraries "$target"
  done
}

install_modules() {
  local version file base
  version=$(basename "$unpacked"/lib/modules/*)
  depmod --basedir "$unpacked" "$version"
  mkdir -p "$root/lib/modules"
  for file in $boot_modules; do
    modprobe --dirname "$unpacked" --set-version "$version" --show-depends "$file" 2>/dev/null || true
  done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$work/modules"
  while read -r file; do
    base=$(basename "$file")
    case $base in
      *.xz) xz --decompress --stdout "$file" >"$root/lib/modules/${base%.xz}" ;;
      *.zst) zstd --decompress --quiet --stdout "$file" >"$root/lib/modules/${base%.zst}" ;;
      *) cp "$file" "$root/lib/modules/$base" ;;
    esac
    echo "${base%%.ko*}" >>"$root/lib/modules/order"
  done <"$work/modules"
}

install_busybox() {
  rm -rf "$root"
  mkdir -p "$root"/{bin,sbin,usr/bin,usr/sbin,lib,lib64,dev,proc,sys,run,tmp,mnt}
  cp "$(find "$unpacked" -path '*/bin/busybox' -print -quit)" "$root/bin/busybox"
  local applet
  for applet in $("$root/bin/busybox" --list-full); do
    case $applet in bin/busybox | linuxrc) continue ;; esac
    mkdir -p "$root/$(dirname "$applet")"
    ln -s /bin/busybox "$root/$applet"
  done
}

install_base() {
  install_busybox
  mkdir -p "$root"/{root,home,var/log,var/www} "$root"/etc/{acpi/PWRF,dropbear,profile.d}
  ln -s ../run "$root/var/run"
  chmod 700 "$root/root"
  chmod 1777 "$root/tmp"

  install -m 755 "$here/root/init" "$root/init"
  install -m 755 "$here"/root/{services,seed-apply,seed-scripts,network-plan,yaml-flat,udhcpc.script} "$root/sbin/"
  install -m 644 "$here"/root/{inittab,profile} "$root/etc/"
  printf '#!/bin/sh\npoweroff\n' >"$root/etc/acpi/PWRF/00000080"
  chmod 755 "$root/etc/acpi/PWRF/00000080"
  echo 'root::0:0:root:/root:/bin/sh' >"$root/etc/passwd"
  echo 'root:x:0:' >"$root/etc/group"
  echo /bin/sh >"$root/etc/shells"
  echo linux >"$root/etc/hostname"
  echo "$guest" >"$root/etc/issue"
  echo ok >"$root/var/www/index.html"

  install_program usr/sbin/dropbear
  install_program usr/bin/dropbearkey
  install_program usr/bin/dbclient
  ln -s dbclient "$root/usr/bin/ssh"
  gcc -static -Os -s -o "$root/usr/bin/l2frame" "$here/l2frame.c"
}

install_frr() {
  local daemon
  for daemon in $frr_daemons; do install_program "usr/lib/frr/$daemon"; done
  install_program usr/bin/vtysh
  # vtysh asks PAM whether root may.
  install_program "$(cd "$unpacked" && find . -name pam_permit.so -print -quit)" lib/security/pam_permit.so
  mkdir -p "$root"/etc/{frr,pam.d}
  printf 'auth sufficient pam_permit.so\naccount sufficient pam_permit.so\n' | tee "$root/etc/pam.d/frr" >"$root/etc/pam.d/other"
  # FRR sets routes through busybox's `ip` nowhere, but its users look at them: the real one knows more.
  rm -f "$root/sbin/ip" "$root/bin/ip"
  install_program "$(cd "$unpacked" && find . -path '*bin/ip' -type f -print -quit)" bin/ip
  mkdir -p "$root/usr/share"
  if [ -d "$unpacked/usr/share/yang" ]; then cp -r "$unpacked/usr/share/yang" "$root/usr/share/"; fi
  echo 'frr:x:100:100::/run/frr:/bin/false' >>"$root/etc/passwd"
  printf 'frr:x:100:\nfrrvty:x:101:frr\n' >>"$root/etc/group"
  echo 'service integrated-vtysh-config' >"$root/etc/frr/vtysh.conf"
  printf '%s=yes\n' bgpd ospfd >"$root/etc/frr/daemons"
  install -m 755 "$here/root/services-frr" "$root/sbin/"
}

pack_initrd() {
  find "$root" -name '*.so*' -type f -exec strip --strip-unneeded {} +
  find "$root" -exec touch --no-dereference --date=@0 {} +
  (cd "$root" && find . -print0 | sort -z | cpio --quiet --null --create --format=newc --owner=0:0 --reproducible) |
    gzip -9n >"$made/initrd"
}

# pack_disk [ROOT]: a boot record, a partition with FAT that holds syslinux, kernel and initrd, and one that holds the image ROOT.
pack_disk() {
  local partition=$work/partition raw=$work/raw mib second=()
  mib=$((($(stat -c%s "$made/vmlinuz") + $(stat -c%s "$made/initrd")) / 1048576 + 8))
  rm -f "$partition" "$raw"
  truncate --size "${mib}M" "$partition"
  mkfs.vfat --invariant -F 16 -n LABSCAPE "$partition" >/dev/null
  {
    printf 'SERIAL 0 115200\nDEFAULT linux\nPROMPT 0\nTIMEOUT 1\nLABEL linux\n'
    printf '  KERNEL vmlinuz\n  INITRD initrd\n  APPEND %s\n' "$command_line"
  } >"$work/syslinux.cfg"
  touch --date=@0 "$work/syslinux.cfg" "$made/vmlinuz" "$made/initrd"
  mcopy -m -i "$partition" "$work/syslinux.cfg" "$made/vmlinuz" "$made/initrd" ::
  syslinux --install "$partition"
  truncate --size "$((mib + 1))M" "$raw"
  if [ $# -gt 0 ]; then
    second=("start=$(((mib + 1) * 2048)), type=83")
    dd if="$1" of="$raw" bs=1M seek="$((mib + 1))" conv=sparse status=none
    truncate --size "%$((1024 * 1024))" "$raw"
  fi
  printf '%s\n' 'label-id: 0x6c616273' "start=2048, size=$((mib * 2048)), type=e, bootable" "${second[@]}" | sfdisk --quiet "$raw"
  dd if=/usr/lib/syslinux/mbr/mbr.bin of="$raw" bs=440 count=1 conv=notrunc status=none
  dd if="$partition" of="$raw" bs=1M seek=1 conv=notrunc,sparse status=none
  qemu-img convert -O qcow2 "$raw" "$made/disk.qcow2"
  rm -f "$partition" "$raw"
}

build() {
  guest=$1
  local names list recipe
  names=$(packages_of "$guest")
  # shellcheck disable=SC2086 # a list of names
  names=$(versions $names)
  mapfile -t list <<<"$names"
  recipe=$(
    {
      printf '%s\n' "${list[@]}"
      if [ "$guest" = debian_linux ]; then debian_versions; fi
      cat "$here"/*.sh "$here/l2frame.c" "$here"/root/*
    } | sha256sum | cut -d' ' -f1
  )
  if [ "$(cat "$output/$guest/recipe" 2>/dev/null)" = "$recipe" ]; then return; fi

  unpacked=$work/unpacked-$guest root=$work/root-$guest made=$work/made-$guest
  rm -rf "$made"
  mkdir -p "$made"
  fetch "${list[@]}"
  install -m 644 "$unpacked/boot/vmlinuz-"* "$made/vmlinuz"
  if [ "$guest" = debian_linux ]; then
    install_busybox
    install -m 755 "$here/root/init-switch" "$root/init"
    install_modules
    pack_initrd
    make_debian "$work/root.ext4"
    pack_disk "$work/root.ext4"
    rm -f "$work/root.ext4"
  else
    install_base
    install_modules
    if [ "$guest" = frr_linux ]; then install_frr; fi
    pack_initrd
    pack_disk
  fi
  printf '%s\n' "${list[@]}" >"$made/packages"
  echo "$recipe" >"$made/recipe"
  rm -rf "${output:?}/$guest" "$unpacked" "$root"
  mv "$made" "$output/$guest"
}

exec 9>"$work/lock"
flock 9
kernel=$(kernel_package)
for guest in "$@"; do
  case $guest in
    tiny_linux | frr_linux | debian_linux) build "$guest" ;;
    *) fail "there is no guest $guest" ;;
  esac
done
