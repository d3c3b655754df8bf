export {
  labIdentity,
  labKey,
  identityDigest,
  nodeRole,
  resourceUuid,
  type LabIdentity,
  type Role,
} from "./lab-identity.js";
export { allocateMacs } from "./mac.js";
export {
  bridgeDeviceName,
  directoryName,
  domainName,
  machineLabel,
  networkName,
  ownerName,
  poolName,
  wireDeviceName,
} from "./names.js";
export {
  metadataElement,
  readMetadata,
  resourceElement,
  RESOURCE_NAMESPACE,
  STATE_NAMESPACE,
  type LinkRecord,
  type ResourceMetadata,
} from "./metadata.js";
export { nicPosition } from "./nic-position.js";
