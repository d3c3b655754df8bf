import { describe, expect, it } from "vitest";
import { builtinCatalogue, recognizeImage } from "@labscape/devices";

describe("recognizeImage", () => {
  it.each([
    ["debian-12-genericcloud-amd64.qcow2", "debian_linux", "12"],
    ["/tmp/ubuntu-24.04-server-cloudimg-amd64.img", "ubuntu_linux", "24.04"],
    ["noble-server-cloudimg-amd64.img", "ubuntu_linux", undefined],
    ["nocloud_alpine-3.22.1-x86_64-bios-cloudinit-r0.qcow2", "alpine_linux", "3.22.1"],
    ["Rocky-9-GenericCloud-Base-9.4-20240509.0.x86_64.qcow2", "rocky_linux", "9.4-20240509.0"],
    ["AlmaLinux-9-GenericCloud-latest.x86_64.qcow2", "alma_linux", "latest"],
    ["vios-adventerprisek9-m.spa.159-3.m10.qcow2", "cisco_iosv", "159-3.m10"],
    ["vios_l2-adventerprisek9-m.ssa.high_iron_20200929.qcow2", "cisco_iosvl2", "ssa.high_iron_20200929"],
    ["c8000v-universalk9_8G_serial.17.16.01a.qcow2", "cisco_cat8000v", "17.16.01a"],
    ["C8000V-UNIVERSALK9.17.16.01A.ISO", "cisco_cat8000v", "17.16.01A"],
    ["csr1000v-universalk9.17.03.08a-serial.qcow2", "cisco_csr1000v", "17.03.08a"],
    ["xrv9k-fullk9-x-7.10.1.qcow2", "cisco_iosxrv9000", "7.10.1"],
    ["nexus9300v64.10.5.3.F.qcow2", "cisco_nexus9300v", "10.5.3.F"],
    ["asav9-23-1.qcow2", "cisco_asav", "9-23-1"],
    ["vJunos-router-25.2R1.9.qcow2", "juniper_vrouter", "25.2R1.9"],
    ["vJunos-switch-25.2R1.9.qcow2", "juniper_vswitch", "25.2R1.9"],
    ["junos-vsrx3-x86-64-vmdisk-23.2R2.21.qcow2", "juniper_vsrxv3", "23.2R2.21"],
    ["media-vsrx3-x86-64-vmdisk-23.2R2.21.qcow2", "juniper_vsrxv3", "23.2R2.21"],
    ["vEOS64-lab-4.34.4M.qcow2", "arista_veos", "4.34.4M"],
    ["C:\\images\\chr-7.20.6.img", "mikrotik_chr", "7.20.6"],
    ["cumulus-linux-5.9.1-vx-amd64-qemu.qcow2", "nvidia_cumulus", "5.9.1"],
    ["cumulus-linux-4.4.5-vx-amd64-qemu.qcow2", "cumulus4_linux", "4.4.5"],
    ["PA-VM-KVM-11.1.4.qcow2", "paloalto_panos", "11.1.4"],
    ["sonic-vs.img.gz", "sonic_linux", undefined],
    ["openwrt-24.10.0-x86-64-generic-ext4-combined.img.gz", "openwrt", "24.10.0"],
    ["disk.qcow2", undefined, undefined],
    ["", undefined, undefined],
  ])("%s is %s, version %s", (fileName, model, version) => {
    const found = recognizeImage(builtinCatalogue, fileName);
    expect(found.map((image) => [image.model.name, image.version])).toEqual(
      model === undefined ? [] : [[model, version]],
    );
  });
});
