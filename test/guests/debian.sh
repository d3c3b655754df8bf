# shellcheck shell=bash
# The root file system of debian_linux: the distribution as mmdebstrap installs it, with cloud-init. Without root,
# mmdebstrap needs user namespaces. Sourced by build.sh.

debian_packages="systemd-sysv udev dbus kmod iproute2 netplan.io cloud-init openssh-server sudo"

# What apt would install, or a little more.
debian_versions() {
  local names
  # shellcheck disable=SC2086 # a list of names
  names=$(apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    $debian_packages | grep -E '^[a-z0-9]' | sort -u)
  # shellcheck disable=SC2086 # a list of names
  versions $names
}

# The distribution's own package sources, as this machine knows them.
debian_sources() {
  local origin
  for origin in Debian Ubuntu; do
    # shellcheck disable=SC2016 # apt fills these in
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' "Origin: $origin"
  done | sort -u
}

# make_debian IMAGE: writes an ext4 file system with the label "root"
make_debian() {
  local packages=${debian_packages// /,}
  # Byte code is compiled for the times of its sources, not for the one time of everything else: it is checked faster so.
  debian_sources | env --unset=SOURCE_DATE_EPOCH mmdebstrap --quiet --variant=minbase --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --customize-hook="'$here/debian-finish.sh' \"\$1\" '$1'" \
    "$(. /etc/os-release && echo "$VERSION_CODENAME")" /dev/null -
}
