/** Flags of domains, from libvirt-domain.h of libvirt's public headers. */

/** virDomainXMLFlags. */
export const DomainXmlFlag = {
  SECURE: 1,
  INACTIVE: 2,
  UPDATE_CPU: 4,
  MIGRATABLE: 8,
} as const;

/** virDomainDefineFlags. */
export const DomainDefineFlag = {
  VALIDATE: 1,
} as const;

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
export const DomainDestroyFlag = {
  DEFAULT: 0,
  GRACEFUL: 1,
  REMOVE_LOGS: 2,
} as const;

/** virDomainShutdownFlagValues. */
export const DomainShutdownFlag = {
  DEFAULT: 0,
  ACPI_POWER_BTN: 1,
  GUEST_AGENT: 2,
  INITCTL: 4,
  SIGNAL: 8,
  PARAVIRT: 16,
} as const;

/** virDomainRebootFlagValues. */
export const DomainRebootFlag = {
  DEFAULT: 0,
  ACPI_POWER_BTN: 1,
  GUEST_AGENT: 2,
  INITCTL: 4,
  SIGNAL: 8,
  PARAVIRT: 16,
} as const;

/** virDomainUndefineFlagsValues. */
export const DomainUndefineFlag = {
  MANAGED_SAVE: 1,
  SNAPSHOTS_METADATA: 2,
  NVRAM: 4,
  KEEP_NVRAM: 8,
  CHECKPOINTS_METADATA: 16,
  TPM: 32,
  KEEP_TPM: 64,
} as const;

/** virDomainSaveRestoreFlags. */
export const SaveFlag = {
  BYPASS_CACHE: 1,
  RUNNING: 2,
  PAUSED: 4,
  RESET_NVRAM: 8,
} as const;

/** virDomainModificationImpact. */
export const Affect = {
  CURRENT: 0,
  LIVE: 1,
  CONFIG: 2,
} as const;

/** virDomainMetadataType. */
export const MetadataType = {
  DESCRIPTION: 0,
  TITLE: 1,
  ELEMENT: 2,
} as const;

/** virDomainConsoleFlags. */
export const ConsoleFlag = {
  FORCE: 1,
  SAFE: 2,
} as const;

/** virDomainChannelFlags. */
export const ChannelFlag = {
  FORCE: 1,
} as const;

/** virDomainVcpuFlags. */
export const VcpuFlag = {
  CURRENT: 0,
  LIVE: 1,
  CONFIG: 2,
  MAXIMUM: 4,
  GUEST: 8,
  HOTPLUGGABLE: 16,
} as const;

/** virDomainMemoryModFlags. */
export const MemoryFlag = {
  CURRENT: 0,
  LIVE: 1,
  CONFIG: 2,
  MAXIMUM: 4,
} as const;

/** virDomainBlockResizeFlags. */
export const BlockResizeFlag = {
  BYTES: 1,
} as const;

/** virDomainInterfaceAddressesSource. */
export const AddressSource = {
  LEASE: 0,
  AGENT: 1,
  ARP: 2,
} as const;

/** virDomainGuestInfoTypes. */
export const GuestInfo = {
  USERS: 1,
  OS: 2,
  TIMEZONE: 4,
  HOSTNAME: 8,
  FILESYSTEM: 16,
  DISKS: 32,
  INTERFACES: 64,
} as const;

/** virDomainGetJobStatsFlags. */
export const JobStatsFlag = {
  COMPLETED: 1,
  KEEP_COMPLETED: 2,
} as const;

/** virKeycodeSet. */
export const KeycodeSet = {
  LINUX: 0,
  XT: 1,
  ATSET1: 2,
  ATSET2: 3,
  ATSET3: 4,
  OSX: 5,
  XT_KBD: 6,
  USB: 7,
  WIN32: 8,
  QNUM: 9,
} as const;

/** virDomainMessageType. */
export const MessageType = {
  DEPRECATION: 1,
  TAINTING: 2,
} as const;

/** virDomainAuthorizedSSHKeysSetFlags. */
export const SshKeysFlag = {
  APPEND: 1,
  REMOVE: 2,
} as const;
