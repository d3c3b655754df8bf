import { builtinCatalogue } from "@labscape/devices";
import { describe, expect, it } from "vitest";

/** The virtual machines that other tools start, under these tools' own names; containers are left out. */
const names: Readonly<Record<string, string>> = {
  Sherpa: `arista_veos aruba_aoscx cisco_asav cisco_csr1000v cisco_cat8000v cisco_cat9000v cisco_iosxrv9000
    cisco_nexus9300v cisco_iosv cisco_iosvl2 cisco_ise cisco_ftdv juniper_vrouter juniper_vswitch juniper_vevolved
    juniper_vsrxv3 paloalto_panos mikrotik_chr frr_linux alma_linux rocky_linux alpine_linux cumulus_linux centos_linux
    devbox_linux fedora_linux redhat_linux opensuse_linux suse_linux ubuntu_linux kali_linux flatcar_linux sonic_linux
    devbox_windows windows_server free_bsd open_bsd infrahub_server jenkins_server nautobot_server netbox_server
    signoz_server virt_server mysql_db postgresql_db generic_container generic_unikernel generic_vm unikraft_unikernel
    nanos_unikernel`,
  "netlab's libvirt provider": `eos arubacx asav cat8000v csr iosv iosvl2 iosxr nxos cumulus cumulus_nvue dellos10 fortios
    frr linux vsrx vptx routeros routeros7 openbsd sonic vyos`,
  vrnetlab: `veos aoscx asav c8000v cat9kv csr1000v ftdv n9kv titanium vios viosl2 xrv xrv9k dell_sonic ftosv exos fortigate
    freebsd openbsd ubuntu vsr1000 huawei_vrp ocnos vjunosevolved vjunosrouter vjunosswitch vmx vqfx vsrx routeros sros
    cmglinux openwrt pan sonic vstc`,
  containerlab: `arista_veos aruba_aoscx ciena_saos cisco_asav cisco_c8000v cisco_csr1000v cisco_cat9kv cisco_ftdv
    cisco_n9kv cisco_vios cisco_xrv cisco_xrv9k cisco_xrd_vrouter cisco_sdwan_manager cisco_sdwan_controller
    cisco_sdwan_validator dell_ftosv dell_sonic sonic-vm f5_bigip-ve fortinet_fortigate freebsd openbsd generic_vm huawei_vrp
    ipinfusion_ocnos juniper_vmx juniper_vqfx juniper_vsrx juniper_vjunosrouter juniper_vjunosswitch
    juniper_vjunosevolved mikrotik_ros nokia_sros nvidia_cumulusvx paloalto_panos checkpoint_cloudguard arrcus_arcos
    plvision_sonic`,
  Wistar: `blank generic linux ubuntu16 space junos_vmx junos_vre junos_vre_15 junos_vmx_vcp_virtio junos_vqfx_re junos_vrr
    junos_vsrx`,
  Labscape: "generic_linux generic_vm blank tiny_linux debian_linux frr_linux",
};

describe("the catalogue", () => {
  it.each(Object.entries(names))("knows every name of %s", (_, list) => {
    expect(list.split(/\s+/).filter((name) => builtinCatalogue.find(name) === undefined)).toEqual([]);
  });

  it("has about seventy models, and more names than twice that", () => {
    const { models } = builtinCatalogue;
    expect(models.length).toBeGreaterThanOrEqual(70);
    expect(models.flatMap(({ name, aliases }) => [name, ...aliases]).length).toBeGreaterThan(2 * 70);
  });
});
