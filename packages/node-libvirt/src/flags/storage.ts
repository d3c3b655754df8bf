/** Flags of pools and volumes, from libvirt-storage.h of libvirt's public headers. */

/** virStoragePoolState. */
export const PoolState = {
  INACTIVE: 0,
  BUILDING: 1,
  RUNNING: 2,
  DEGRADED: 3,
  INACCESSIBLE: 4,
} as const;

/** virStoragePoolDefineFlags. */
export const PoolDefineFlag = {
  VALIDATE: 1,
} as const;

/** virStoragePoolCreateFlags. */
export const PoolCreateFlag = {
  NORMAL: 0,
  WITH_BUILD: 1,
  WITH_BUILD_OVERWRITE: 2,
  WITH_BUILD_NO_OVERWRITE: 4,
} as const;

/** virStoragePoolBuildFlags. */
export const PoolBuildFlag = {
  NEW: 0,
  REPAIR: 1,
  RESIZE: 2,
  NO_OVERWRITE: 4,
  OVERWRITE: 8,
} as const;

/** virStoragePoolDeleteFlags. */
export const PoolDeleteFlag = {
  NORMAL: 0,
  ZEROED: 1,
} as const;

/** virStoragePoolEventLifecycleType. */
export const PoolEvent = {
  DEFINED: 0,
  UNDEFINED: 1,
  STARTED: 2,
  STOPPED: 3,
  CREATED: 4,
  DELETED: 5,
} as const;

/** virStorageVolType. */
export const VolumeType = {
  FILE: 0,
  BLOCK: 1,
  DIR: 2,
  NETWORK: 3,
  NETDIR: 4,
  PLOOP: 5,
} as const;

/** virStorageVolCreateFlags. */
export const VolumeCreateFlag = {
  PREALLOC_METADATA: 1,
  REFLINK: 2,
  VALIDATE: 4,
} as const;

/** virStorageVolDeleteFlags. */
export const VolumeDeleteFlag = {
  NORMAL: 0,
  ZEROED: 1,
  WITH_SNAPSHOTS: 2,
} as const;

/** virStorageVolInfoFlags. */
export const VolumeInfoFlag = {
  USE_ALLOCATION: 0,
  GET_PHYSICAL: 1,
} as const;

/** virStorageVolResizeFlags. */
export const VolumeResizeFlag = {
  ALLOCATE: 1,
  DELTA: 2,
  SHRINK: 4,
} as const;

/** virStorageVolUploadFlags and virStorageVolDownloadFlags, which are the same. */
export const VolumeTransferFlag = { SPARSE_STREAM: 1 } as const;
