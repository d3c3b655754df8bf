/** Flags of networks, from libvirt-network.h of libvirt's public headers. */

/** virNetworkXMLFlags. */
export const NetworkXmlFlag = {
  INACTIVE: 1,
} as const;

/** virNetworkDefineFlags. */
export const NetworkDefineFlag = {
  VALIDATE: 1,
} as const;

/** virNetworkEventLifecycleType. */
export const NetworkEvent = {
  DEFINED: 0,
  UNDEFINED: 1,
  STARTED: 2,
  STOPPED: 3,
} as const;

/** virIPAddrType. */
export const AddressType = {
  IPV4: 0,
  IPV6: 1,
} as const;

/** virNetworkUpdateCommand, virNetworkUpdateSection and virNetworkUpdateFlags: what is changed, and whether now, at the next start, or both. */
export const NetworkUpdate = {
  Command: { NONE: 0, MODIFY: 1, DELETE: 2, ADD_LAST: 3, ADD_FIRST: 4 },
  Section: {
    NONE: 0,
    BRIDGE: 1,
    DOMAIN: 2,
    IP: 3,
    IP_DHCP_HOST: 4,
    IP_DHCP_RANGE: 5,
    FORWARD: 6,
    FORWARD_INTERFACE: 7,
    FORWARD_PF: 8,
    PORTGROUP: 9,
    DNS_HOST: 10,
    DNS_TXT: 11,
    DNS_SRV: 12,
  },
  Flag: { CURRENT: 0, LIVE: 1, CONFIG: 2 },
} as const;
