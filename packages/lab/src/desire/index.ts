export { desireLab, type DesiredDomain, type DesiredLab, type DesireInput } from "./lab.js";
export { machinesOf, mirrorName, type Machine } from "./machines.js";
export type { DesiredNetwork } from "./networks.js";
export type { DesiredNic } from "./nics.js";
export { cableFacetName, compareFacets, facetsHash, peersFacet, type Cost, type FacetChanges } from "./facets.js";
export { consoleLogName, isOwnVolume, SECRET_VOLUME, volumePrefix, type DesiredVolume } from "./volumes.js";
