/** What first-boot data is to bring to every device. */
export const items = [
  "host name",
  "management address",
  "account",
  "keys",
  "ssh",
  "API",
  "port IPv4",
  "port IPv6",
] as const;

export type Item = (typeof items)[number];

/**
 * How a family gets an item: by a statement of what is generated (the beginning of one is enough), from the start without
 * being told, or not, and why.
 */
export type Cell =
  string | { readonly says: string; readonly note: string } | { readonly always: string } | { readonly not: string };

export interface Family {
  readonly title: string;
  /** A model of the family. */
  readonly model: string;
  readonly cells: Readonly<Record<Item, Cell>>;
}

const key = "AAAAB3NzaC1yc2EAAAADAQABAAAABQCBgoOE";
const keyLine = `ssh-rsa ${key} me@host`;
const rsaOnly = "RSA alone.";
const noApi: Cell = { not: "The operating system is the interface: ssh." };

const junos: Omit<Family["cells"], "management address" | "port IPv4" | "port IPv6"> = {
  "host name": "system host-name r1",
  account: "system login user lab authentication encrypted-password $6$",
  keys: {
    says: `system login user lab authentication ssh-rsa ${keyLine}`,
    note: "RSA, DSA, ECDSA and Ed25519; not those of security keys.",
  },
  ssh: "system services ssh root-login allow",
  API: { says: "system services netconf ssh", note: "NETCONF." },
};

const ios: Omit<Family["cells"], "API" | "management address" | "port IPv4" | "port IPv6"> = {
  "host name": "hostname r1",
  account: "username lab privilege 15 secret 0 ",
  keys: { says: "ip ssh pubkey-chain username lab key-hash ssh-rsa ", note: rsaOnly },
  ssh: "line vty 0 4 transport input ssh",
};

const linux: Omit<Family["cells"], "host name" | "management address" | "port IPv4" | "port IPv6"> = {
  account: "users 0 name lab",
  keys: `users 0 ssh_authorized_keys 0 ${keyLine}`,
  ssh: { says: "ssh_pwauth true", note: "The images start it; this lets the password in, too." },
  API: noApi,
};

/** In the order of the page. */
export const families: readonly Family[] = [
  {
    title: "Junos, with braces (`juniper.conf`)",
    model: "juniper_vrouter",
    cells: {
      ...junos,
      "management address": "interfaces fxp0 unit 0 family inet address 172.31.0.10/24",
      "port IPv4": "interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/30",
      "port IPv6": "interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8::1/64",
    },
  },
  {
    title: "Junos, set format",
    model: "juniper_vmx",
    cells: {
      ...junos,
      "management address": "interfaces fxp0 unit 0 family inet address 172.31.0.10/24",
      "port IPv4": "interfaces ge-0/0/0 unit 0 family inet address 10.0.0.1/30",
      "port IPv6": "interfaces ge-0/0/0 unit 0 family inet6 address 2001:db8::1/64",
    },
  },
  {
    title: "IOS-XE",
    model: "cisco_cat8000v",
    cells: {
      ...ios,
      API: { says: "restconf", note: "RESTCONF, and NETCONF beside it." },
      "management address": "interface GigabitEthernet1 ip address 172.31.0.10 255.255.255.0",
      "port IPv4": "interface GigabitEthernet2 ip address 10.0.0.1 255.255.255.252",
      "port IPv6": "interface GigabitEthernet2 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "IOS",
    model: "cisco_iosv",
    cells: {
      ...ios,
      API: { not: "Classic IOS has neither RESTCONF nor NETCONF by YANG." },
      "management address": "interface GigabitEthernet0/0 ip address 172.31.0.10 255.255.255.0",
      "port IPv4": "interface GigabitEthernet0/1 ip address 10.0.0.1 255.255.255.252",
      "port IPv6": "interface GigabitEthernet0/1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "IOS-XR",
    model: "cisco_iosxrv9000",
    cells: {
      "host name": "hostname r1",
      "management address": "interface MgmtEth0/RP0/CPU0/0 ipv4 address 172.31.0.10 255.255.255.0",
      account: "username lab secret 0 ",
      keys: { says: `ssh server username lab keystring ssh-rsa ${key}`, note: "The first RSA key." },
      ssh: "ssh server vrf MANAGEMENT",
      API: { says: "grpc port 57400", note: "gRPC without TLS, and NETCONF beside it." },
      "port IPv4": "interface GigabitEthernet0/0/0/0 ipv4 address 10.0.0.1 255.255.255.252",
      "port IPv6": "interface GigabitEthernet0/0/0/0 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "NX-OS",
    model: "cisco_nexus9300v",
    cells: {
      "host name": "hostname r1",
      "management address": "interface mgmt0 ip address 172.31.0.10/24",
      account: "username lab password 0 ",
      keys: `username lab sshkey ssh-rsa ${key}`,
      ssh: { always: "A feature that is on unless it is taken away." },
      API: { says: "feature nxapi", note: "NX-API, and NETCONF beside it." },
      "port IPv4": "interface Ethernet1/1 ip address 10.0.0.1/30",
      "port IPv6": "interface Ethernet1/1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "ASA",
    model: "cisco_asav",
    cells: {
      "host name": "hostname r1",
      "management address": "interface Management0/0 ip address 172.31.0.10 255.255.255.0",
      account: "username lab password ",
      keys: { says: `username lab attributes ssh authentication publickey ${key}`, note: "The first RSA key." },
      ssh: "ssh 0.0.0.0 0.0.0.0 management",
      API: { says: "http server enable", note: "HTTPS, as ASDM uses it; the REST agent is a package of its own." },
      "port IPv4": "interface GigabitEthernet0/0 ip address 10.0.0.1 255.255.255.252",
      "port IPv6": "interface GigabitEthernet0/0 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "Firepower Threat Defense",
    model: "cisco_ftdv",
    cells: {
      "host name": "Hostname r1",
      "management address": { says: "IPv4Addr 172.31.0.10", note: "IPv4 alone." },
      account: { not: "The account is admin; the file sets its password." },
      keys: { not: "The file has no field for keys." },
      ssh: { always: "On the management port." },
      API: { says: "ManageLocally Yes", note: "The local manager's REST API." },
      "port IPv4": { not: "The file knows the management port alone." },
      "port IPv6": { not: "The file knows the management port alone." },
    },
  },
  {
    title: "EOS",
    model: "arista_veos",
    cells: {
      "host name": "hostname r1",
      "management address": "interface Management1 ip address 172.31.0.10/24",
      account: "username lab privilege 15 role network-admin secret 0 ",
      keys: `username lab ssh-key ${keyLine}`,
      ssh: { always: "Logins by ssh are on unless they are taken away." },
      API: { says: "management api http-commands no shutdown", note: "eAPI; gNMI and NETCONF beside it." },
      "port IPv4": "interface Ethernet1 ip address 10.0.0.1/30",
      "port IPv6": "interface Ethernet1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "AOS-CX",
    model: "aruba_aoscx",
    cells: {
      "host name": "hostname r1",
      "management address": "interface mgmt ip static 172.31.0.10/24",
      account: "user lab group administrators password plaintext ",
      keys: `user lab authorized-key ${keyLine}`,
      ssh: "ssh server vrf mgmt",
      API: { says: "https-server rest access-mode read-write", note: "REST." },
      "port IPv4": "interface 1/1/1 ip address 10.0.0.1/30",
      "port IPv6": "interface 1/1/1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "RouterOS",
    model: "mikrotik_chr",
    cells: {
      "host name": "/system identity set name= r1",
      "management address": "/ip address add address= 172.31.0.10/24 interface= ether1",
      account: "/user add name= lab group= full password= ",
      keys: { says: `/user ssh-keys add user= lab key= ${keyLine}`, note: "RSA and Ed25519." },
      ssh: "/ip service enable [ find name= ssh ]",
      API: { says: "/ip service enable [ find name= www ]", note: "REST, and the binary API beside it." },
      "port IPv4": "/ip address add address= 10.0.0.1/30 interface= ether2",
      "port IPv6": "/ipv6 address add address= 2001:db8::1/64 interface= ether2",
    },
  },
  {
    title: "SR OS",
    model: "nokia_sros",
    cells: {
      "host name": "configure system name r1",
      "management address": "bof address 172.31.0.10/24 active",
      account: "configure system security user lab password ",
      keys: {
        says: `configure system security user lab public-keys rsa rsa-key 1 create key-value ${keyLine}`,
        note: "RSA and ECDSA.",
      },
      ssh: { always: "The server runs; the account may use it by its access to the console." },
      API: { says: "configure system grpc no shutdown", note: "gRPC without TLS, and NETCONF beside it." },
      "port IPv4": "configure router interface 1/1/1 address 10.0.0.1/30",
      "port IPv6": "configure router interface 1/1/1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "FortiOS",
    model: "fortinet_fortigate",
    cells: {
      "host name": "system global hostname r1",
      "management address": "system interface port1 ip 172.31.0.10 255.255.255.0",
      account: "system admin lab password ",
      keys: { says: `system admin lab ssh-public-key1 ${keyLine}`, note: "The first three." },
      ssh: "system interface port1 allowaccess ping https ssh",
      API: { says: "system interface port1 allowaccess ping https ssh", note: "REST, which is part of HTTPS." },
      "port IPv4": "system interface port2 ip 10.0.0.1 255.255.255.252",
      "port IPv6": "system interface port2 ipv6 ip6-address 2001:db8::1/64",
    },
  },
  {
    title: "PAN-OS",
    model: "paloalto_panos",
    cells: {
      "host name": "hostname r1",
      "management address": "ip-address 172.31.0.10",
      account: { not: "init-cfg.txt has no accounts. Log in as admin/admin; a new password is asked for." },
      keys: { not: "init-cfg.txt has no accounts." },
      ssh: { always: "On the management port." },
      API: { always: "The XML and REST APIs are part of HTTPS on the management port." },
      "port IPv4": {
        not: "init-cfg.txt knows the management port alone. Ports stand in a bootstrap.xml, the whole configuration of one release; a model that extends this one puts yours among its `files`.",
      },
      "port IPv6": { not: "As for IPv4." },
    },
  },
  {
    title: "VyOS",
    model: "vyos",
    cells: {
      "host name": "system host-name r1",
      "management address": "interfaces ethernet eth0 address 172.31.0.10/24",
      account: "system login user lab authentication encrypted-password $6$",
      keys: `system login user lab authentication public-keys key1 key ${key}`,
      ssh: "service ssh",
      API: { says: "service https api keys id labscape key ", note: "HTTPS; the key is the lab's password." },
      "port IPv4": "interfaces ethernet eth1 address 10.0.0.1/30",
      "port IPv6": "interfaces ethernet eth1 address 2001:db8::1/64",
    },
  },
  {
    title: "Cumulus Linux 5 (NVUE)",
    model: "nvidia_cumulus",
    cells: {
      "host name": "nv set system hostname r1",
      "management address": "nv set interface eth0 ip address 172.31.0.10/24",
      account: {
        says: "printf %s:%s\\n cumulus $6$",
        note: "The image's account, cumulus, gets the lab's password; there is no other.",
      },
      keys: `printf %s\\n ${keyLine} >> `,
      ssh: { always: "The image starts it." },
      API: { says: "if ! nv set system api state enabled", note: "NVUE; before 5.6 by its web server." },
      "port IPv4": "nv set interface swp1 ip address 10.0.0.1/30",
      "port IPv6": "nv set interface swp1 ip address 2001:db8::1/64",
    },
  },
  {
    title: "Cumulus Linux 4",
    model: "cumulus4_linux",
    cells: {
      "host name": "hostnamectl set-hostname r1",
      "management address": "iface eth0 inet static address 172.31.0.10/24",
      account: {
        says: "printf %s:%s\\n cumulus $6$",
        note: "The image's account, cumulus, gets the lab's password; there is no other.",
      },
      keys: `printf %s\\n ${keyLine} >> `,
      ssh: { always: "The image starts it." },
      API: { not: "NCLU's HTTP API listens on the switch itself until its web server gets other addresses." },
      "port IPv4": "iface swp1 address 10.0.0.1/30",
      "port IPv6": "iface swp1 address 2001:db8::1/64",
    },
  },
  {
    title: "SONiC",
    model: "sonic_linux",
    cells: {
      "host name": "DEVICE_METADATA localhost hostname r1",
      "management address": "MGMT_INTERFACE eth0|172.31.0.10/24",
      account: "printf %s:%s\\n lab $6$",
      keys: `printf %s\\n ${keyLine} | sudo tee -a `,
      ssh: { always: "The image starts it." },
      API: {
        says: "sudo config feature state mgmt-framework enabled",
        note: "REST and gNMI, where the image was built with them.",
      },
      "port IPv4": "INTERFACE Ethernet0|10.0.0.1/30",
      "port IPv6": "INTERFACE Ethernet0|2001:db8::1/64",
    },
  },
  {
    title: "Linux and BSD, cloud-init",
    model: "debian_linux",
    cells: {
      ...linux,
      "host name": "hostname r1",
      "management address": "ethernets eth0 addresses 0 172.31.0.10/24",
      "port IPv4": "ethernets eth1 addresses 0 10.0.0.1/30",
      "port IPv6": "ethernets eth1 addresses 1 2001:db8::1/64",
    },
  },
  {
    title: "Linux, config drive",
    model: "nokia_cmg",
    cells: {
      ...linux,
      "host name": "hostname r1.first.lab",
      "management address": "networks 0 ip_address 172.31.0.10",
      "port IPv4": "networks 1 ip_address 10.0.0.1",
      "port IPv6": "networks 2 ip_address 2001:db8::1/64",
    },
  },
  {
    title: "Linux, FRR",
    model: "frr_linux",
    cells: {
      ...linux,
      account: {
        says: "users 0 name root",
        note: "The image's account, root, gets the lab's password; there is no other.",
      },
      "host name": "frr.conf hostname r1",
      "management address": "ethernets eth0 addresses 0 172.31.0.10/24",
      "port IPv4": "frr.conf interface eth1 ip address 10.0.0.1/30",
      "port IPv6": "frr.conf interface eth1 ipv6 address 2001:db8::1/64",
    },
  },
  {
    title: "Flatcar, Ignition",
    model: "flatcar_linux",
    cells: {
      "host name": "/etc/hostname r1",
      "management address": "/etc/systemd/network/10-management.network Network Address 172.31.0.10/24",
      account: "passwd users 0 name lab",
      keys: `passwd users 0 sshAuthorizedKeys 0 ${keyLine}`,
      ssh: { always: "The image starts it." },
      API: noApi,
      "port IPv4": "/etc/systemd/network/10-eth1.network Network Address 10.0.0.1/30",
      "port IPv6": "/etc/systemd/network/10-eth1.network Network Address 2001:db8::1/64",
    },
  },
  {
    title: "Windows, Cloudbase-Init",
    model: "windows_server",
    cells: {
      "host name": "hostname r1.first.lab",
      "management address": "networks 0 ip_address 172.31.0.10",
      account: "lab",
      keys: keyLine,
      ssh: { not: "The image starts it, where it has OpenSSH." },
      API: { not: "The image starts WinRM, where it is set up to." },
      "port IPv4": "networks 1 ip_address 10.0.0.1",
      "port IPv6": "networks 2 ip_address 2001:db8::1/64",
    },
  },
];
