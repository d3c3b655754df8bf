/** Flags and states of libvirt's API, from its public headers (include/libvirt/libvirt-domain.h, -network.h, -storage.h, -stream.h). */

/** virDomainState. */
export const DomainState = {
  NOSTATE: 0,
  RUNNING: 1,
  BLOCKED: 2,
  PAUSED: 3,
  SHUTDOWN: 4,
  SHUTOFF: 5,
  CRASHED: 6,
  PMSUSPENDED: 7,
} as const;
/** virDomainPausedReason, as far as callers tell them apart. */
export const PausedReason = { UNKNOWN: 0, USER: 1, IOERROR: 5 } as const;
/** virDomainShutoffReason. */
export const ShutoffReason = {
  UNKNOWN: 0,
  SHUTDOWN: 1,
  DESTROYED: 2,
  CRASHED: 3,
  MIGRATED: 4,
  SAVED: 5,
  FAILED: 6,
  FROM_SNAPSHOT: 7,
  DAEMON: 8,
} as const;
/** virDomainXMLFlags. */
export const DomainXmlFlag = { SECURE: 1, INACTIVE: 2, UPDATE_CPU: 4, MIGRATABLE: 8 } as const;
/** virDomainDefineFlags. */
export const DomainDefineFlag = { VALIDATE: 1 } as const;
/** virDomainCreateFlags. */
export const DomainCreateFlag = {
  PAUSED: 1,
  AUTODESTROY: 2,
  BYPASS_CACHE: 4,
  FORCE_BOOT: 8,
  VALIDATE: 16,
  RESET_NVRAM: 32,
} as const;
/** virDomainDestroyFlagsValues. */
export const DomainDestroyFlag = { GRACEFUL: 1 } as const;
/** virDomainUndefineFlagsValues. */
export const DomainUndefineFlag = {
  MANAGED_SAVE: 1,
  SNAPSHOTS_METADATA: 2,
  NVRAM: 4,
  KEEP_NVRAM: 8,
  CHECKPOINTS_METADATA: 16,
} as const;
/** virDomainModificationImpact: what a change applies to. */
export const Affect = { CURRENT: 0, LIVE: 1, CONFIG: 2 } as const;
/** virDomainMetadataType. */
export const MetadataType = { DESCRIPTION: 0, TITLE: 1, ELEMENT: 2 } as const;
/** virDomainConsoleFlags. */
export const ConsoleFlag = { FORCE: 1, SAFE: 2 } as const;
/** virConnectListAllDomainsFlags. */
export const ListDomainsFlag = {
  ACTIVE: 1,
  INACTIVE: 2,
  PERSISTENT: 4,
  TRANSIENT: 8,
  RUNNING: 16,
  PAUSED: 32,
  SHUTOFF: 64,
} as const;
/** virDomainStatsTypes. */
export const DomainStats = { STATE: 1, CPU_TOTAL: 2, BALLOON: 4, VCPU: 8, INTERFACE: 16, BLOCK: 32 } as const;
/** virConnectGetAllDomainStatsFlags. */
export const DomainStatsFlag = { ACTIVE: 1, INACTIVE: 2, NOWAIT: 1 << 29, BACKING: 1 << 30 } as const;
/** virDomainEventType. */
export const LifecycleEvent = {
  DEFINED: 0,
  UNDEFINED: 1,
  STARTED: 2,
  SUSPENDED: 3,
  RESUMED: 4,
  STOPPED: 5,
  SHUTDOWN: 6,
  PMSUSPENDED: 7,
  CRASHED: 8,
} as const;
/** virDomainEventStoppedDetailType. */
export const StoppedDetail = {
  SHUTDOWN: 0,
  DESTROYED: 1,
  CRASHED: 2,
  MIGRATED: 3,
  SAVED: 4,
  FAILED: 5,
  FROM_SNAPSHOT: 6,
} as const;
/** virConnectDomainEventAgentLifecycleState. */
export const AgentState = { CONNECTED: 1, DISCONNECTED: 2 } as const;
/** virDomainInterfaceAddressesSource. */
export const AddressSource = { LEASE: 0, AGENT: 1, ARP: 2 } as const;
/** virDomainQemuMonitorCommandFlags: HMP is QEMU's human monitor. */
export const MonitorFlag = { QMP: 0, HMP: 1 } as const;

/** virNetworkUpdateCommand, virNetworkUpdateSection and virNetworkUpdateFlags. */
export const NetworkUpdate = {
  Command: { MODIFY: 1, DELETE: 2, ADD_LAST: 3, ADD_FIRST: 4 },
  Section: {
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
} as const;
/** virNetworkEventLifecycleType. */
export const NetworkEvent = { DEFINED: 0, UNDEFINED: 1, STARTED: 2, STOPPED: 3 } as const;

/** virStoragePoolState. */
export const PoolState = { INACTIVE: 0, BUILDING: 1, RUNNING: 2, DEGRADED: 3, INACCESSIBLE: 4 } as const;
/** virStoragePoolCreateFlags. */
export const PoolCreateFlag = {
  NORMAL: 0,
  WITH_BUILD: 1,
  WITH_BUILD_OVERWRITE: 2,
  WITH_BUILD_NO_OVERWRITE: 4,
} as const;
/** virStorageVolCreateFlags. */
export const VolumeCreateFlag = { PREALLOC_METADATA: 1, REFLINK: 2, VALIDATE: 4 } as const;
/** virStorageVolResizeFlags. */
export const VolumeResizeFlag = { ALLOCATE: 1, DELTA: 2, SHRINK: 4 } as const;

/** virDomainSnapshotCreateFlags. */
export const SnapshotCreateFlag = {
  REDEFINE: 1,
  CURRENT: 2,
  NO_METADATA: 4,
  HALT: 8,
  DISK_ONLY: 16,
  REUSE_EXT: 32,
  QUIESCE: 64,
  ATOMIC: 128,
  LIVE: 256,
  VALIDATE: 512,
} as const;
/** virDomainSnapshotDeleteFlags. */
export const SnapshotDeleteFlag = { CHILDREN: 1, METADATA_ONLY: 2, CHILDREN_ONLY: 4 } as const;
