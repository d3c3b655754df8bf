import { commandGrammar } from "./command-lines.js";

/*
 * The commands that templates write for devices that read lines, in the words of the vendors' command references. A
 * description takes the rest of its line.
 */

export const ios = commandGrammar(`
hostname WORD
no ip domain lookup
ip domain name WORD
ipv6 unicast-routing
username WORD privilege INT secret 0 WORD
license boot level LINE
vrf definition NAME:
  address-family ipv4|ipv6
  exit-address-family
interface NAME:
  description LINE
  no switchport
  vrf forwarding NAME
  mtu MTU
  ip address dhcp
  ip address IP4 MASK
  ipv6 address CIDR6
  no shutdown
ip route vrf NAME 0.0.0.0 0.0.0.0 IP4
lldp run
ip ssh version 2
ip scp server enable
netconf-yang
restconf
ip http secure-server
ip http authentication local
ip ssh pubkey-chain:
  username WORD:
    key-hash ssh-rsa MD5
    exit
  exit
line con 0:
  logging synchronous
  privilege level 15
line vty 0 4:
  login local
  transport input ssh
event manager applet NAME:
  event timer countdown time INT
  action NAME cli command LINE
end
`);

export const iosxr = commandGrammar(`
hostname WORD
domain name WORD
username WORD:
  group root-lr|cisco-support
  secret 0 WORD
vrf NAME:
  address-family ipv4|ipv6 unicast
interface NAME:
  description LINE
  vrf NAME
  mtu MTU
  ipv4 address dhcp
  ipv4 address IP4 MASK
  ipv6 address CIDR6
  no shutdown
router static:
  vrf NAME:
    address-family ipv4 unicast:
      0.0.0.0/0 IP4
lldp
ssh server username WORD:
  keystring ssh-rsa BASE64
ssh server v2
ssh server vrf NAME
ssh server netconf vrf NAME
netconf-yang agent:
  ssh
grpc:
  port INT
  vrf NAME
  no-tls
  address-family dual
end
`);

export const nxos = commandGrammar(`
hostname WORD
ip domain-name WORD
no password strength-check
username WORD password 0 WORD role network-admin
username WORD sshkey KEYTYPE BASE64
feature nxapi|netconf|lldp
interface NAME:
  description LINE
  vrf member management
  no switchport
  mtu MTU
  ip address dhcp
  ip address CIDR4
  ipv6 address CIDR6
  no shutdown
vrf context management:
  ip route 0.0.0.0/0 IP4
line console:
  exec-timeout 0
line vty:
  exec-timeout 0
`);

export const asa = commandGrammar(`
hostname WORD
domain-name WORD
enable password WORD
username WORD password WORD privilege 15
username WORD attributes:
  service-type admin
  ssh authentication publickey BASE64
interface NAME:
  description LINE
  management-only
  nameif NAME
  security-level INT
  ip address dhcp
  ip address IP4 MASK
  ipv6 address CIDR6
  no shutdown
mtu NAME MTU
route management 0.0.0.0 0.0.0.0 IP4
ssh 0.0.0.0 0.0.0.0 management
http server enable
http 0.0.0.0 0.0.0.0 management
same-security-traffic permit inter-interface
aaa authentication ssh|http console LOCAL
crypto key generate ecdsa elliptic-curve INT noconfirm
ssh version 2
`);

export const eos = commandGrammar(`
enable
configure
hostname WORD
dns domain WORD
username WORD privilege 15 role network-admin secret 0 WORD
username WORD ssh-key KEYTYPE BASE64
username WORD ssh-key KEYTYPE BASE64 LINE
service routing protocols model multi-agent
ip routing
ipv6 unicast-routing
interface NAME:
  description LINE
  no switchport
  mtu MTU
  ip address dhcp
  ip address CIDR4
  ipv6 address CIDR6
  no shutdown
ip route 0.0.0.0/0 IP4
management api http-commands:
  no shutdown
management api gnmi:
  transport grpc default
management api netconf:
  transport ssh default
end
write memory
`);

export const aoscx = commandGrammar(`
configure terminal
hostname WORD
user admin password plaintext WORD
user WORD group administrators password plaintext WORD
user WORD authorized-key KEYTYPE BASE64
user WORD authorized-key KEYTYPE BASE64 LINE
interface NAME:
  description LINE
  no shutdown
  routing
  mtu MTU
  ip mtu MTU
  ip dhcp
  ip static CIDR4
  ipv6 static CIDR6
  default-gateway IP4
  nameserver IP4
  ip address CIDR4
  ipv6 address CIDR6
  exit
ssh server vrf mgmt
https-server vrf mgmt
https-server rest access-mode read-write
end
write memory
`);

export const frr = commandGrammar(`
hostname WORD
service integrated-vtysh-config
router ospf
interface NAME:
  description LINE
  ip address CIDR4
  ipv6 address CIDR6
  ip ospf area 0
  ip ospf network point-to-point
router bgp INT:
  no bgp ebgp-requires-policy
  neighbor IP4 remote-as external
  neighbor IP6 remote-as external
  address-family ipv4|ipv6 unicast:
    redistribute connected
    neighbor IP6 activate
  exit-address-family
exit
`);

/** /etc/network/interfaces of ifupdown2. */
export const ifupdown = commandGrammar(`
auto NAME
iface lo inet loopback
iface NAME inet static|dhcp:
  vrf NAME
  address CIDR4
  address CIDR6
  gateway IP4
iface NAME:
  alias LINE
  mtu MTU
  address CIDR4
  address CIDR6
  vrf-table auto
`);
