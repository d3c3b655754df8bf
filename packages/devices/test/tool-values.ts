/** What another tool gives a device: vCPUs, memory in MiB, model of the data NICs. */
export interface ToolValues {
  readonly cpuCount: number;
  readonly memory: number;
  readonly nic: string;
}

/** The tool's own name of each device, and its values. */
const tables: Readonly<Record<string, string>> = {
  Sherpa: `
    arista_veos 2 2048 virtio          aruba_aoscx 2 4096 virtio        cisco_asav 1 2048 virtio
    cisco_csr1000v 1 3072 vmxnet3      cisco_cat8000v 1 4096 virtio     cisco_cat9000v 4 18432 e1000
    cisco_iosxrv9000 4 20480 virtio    cisco_nexus9300v 2 12288 e1000   cisco_iosv 1 768 e1000
    cisco_iosvl2 1 1024 e1000          cisco_ise 4 16384 virtio         cisco_ftdv 4 8192 virtio
    juniper_vrouter 4 5120 virtio      juniper_vswitch 4 5120 virtio    juniper_vevolved 4 8192 virtio
    juniper_vsrxv3 2 4096 virtio       paloalto_panos 2 8192 virtio     mikrotik_chr 1 1024 virtio
    alma_linux 1 1024 virtio           rocky_linux 1 1024 virtio        alpine_linux 1 1024 virtio
    cumulus_linux 2 2048 virtio        centos_linux 1 1024 virtio       devbox_linux 1 1024 virtio
    fedora_linux 1 1024 virtio         redhat_linux 1 1024 virtio       opensuse_linux 1 1024 virtio
    suse_linux 1 1024 virtio           ubuntu_linux 1 1024 virtio       kali_linux 1 1024 virtio
    flatcar_linux 1 2048 virtio        sonic_linux 2 4096 virtio        devbox_windows 4 8192 virtio
    windows_server 4 8192 virtio       free_bsd 1 1024 virtio           open_bsd 1 1024 virtio
    infrahub_server 6 12288 virtio     jenkins_server 2 4096 virtio     nautobot_server 2 4096 virtio
    netbox_server 2 4096 virtio        signoz_server 4 8192 virtio      virt_server 2 4096 virtio
    generic_unikernel 1 512 virtio     generic_vm 1 1024 virtio         unikraft_unikernel 1 512 virtio
    nanos_unikernel 1 512 virtio`,
  netlab: `
    eos 2 2048 virtio     arubacx 2 4096 virtio   asav 1 2048 virtio           cat8000v 2 4096 virtio
    csr 2 4096 virtio     iosv 1 512 e1000        iosvl2 1 1024 e1000          iosxr 4 8192 e1000
    nxos 2 6144 e1000     cumulus 2 1024 virtio   cumulus_nvue 2 2048 virtio   dellos10 2 4096 e1000
    fortios 1 2048 virtio frr 1 1024 virtio       linux 1 1024 virtio          vsrx 2 4096 virtio
    vptx 4 8192 virtio    routeros7 2 256 e1000   openbsd 1 1024 virtio        sonic 2 4096 virtio
    vyos 2 1024 virtio`,
  vrnetlab: `
    veos 2 2048 e1000         aoscx 4 8192 virtio         asav 1 2048 e1000           c8000v 1 4096 virtio
    cat9kv 4 18432 virtio     csr1000v 1 4096 virtio      ftdv 4 8192 virtio          n9kv 4 10240 e1000
    titanium 2 4096 e1000     vios 1 512 e1000            viosl2 1 768 e1000          xrv 1 3072 e1000
    xrv9k 4 16384 e1000       dell_sonic 2 4096 virtio    ftosv 4 4096 e1000          exos 1 512 rtl8139
    fortigate 1 2048 virtio   freebsd 1 512 virtio        openbsd 1 512 virtio        ubuntu 1 512 virtio
    vsr1000 1 1024 e1000      huawei_vrp 4 4096 virtio    ocnos 2 4096 virtio         vjunosevolved 4 8192 virtio
    vjunosrouter 4 5120 virtio vjunosswitch 4 5120 virtio vmx 1 2048 virtio           vqfx 1 2048 e1000
    vsrx 2 4096 virtio        routeros 1 256 virtio       sros 2 5120 virtio          cmglinux 4 6144 virtio
    openwrt 1 128 virtio      pan 2 6144 virtio           sonic 2 4096 virtio         vstc 1 4096 virtio`,
  Wistar: `
    blank 1 1024 virtio       linux 1 1024 virtio         ubuntu16 1 1024 virtio      space 4 16384 virtio
    junos_vmx 1 1024 virtio   junos_vre 1 512 e1000       junos_vqfx_re 2 2048 e1000  junos_vrr 1 512 virtio
    junos_vsrx 2 4096 virtio  junos_vmx_vcp_virtio 1 1024 virtio`,
};

/** By tool, then by the tool's name of the device. The values are those of the releases that the models name. */
export const toolValues: Readonly<Record<string, ReadonlyMap<string, ToolValues>>> = Object.fromEntries(
  Object.entries(tables).map(([tool, table]) => {
    const rows = table.trim().match(/(?:\S+\s+){3}\S+/g) ?? [];
    const entries = rows.map((row): readonly [string, ToolValues] => {
      const [name = "", cpuCount, memory, nic = ""] = row.split(/\s+/);
      return [name, { cpuCount: Number(cpuCount), memory: Number(memory), nic }];
    });
    return [tool, new Map(entries)];
  }),
);
