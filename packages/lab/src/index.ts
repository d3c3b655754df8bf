export type * from "./contracts.js";
export type * from "./events.js";
export type * from "./status.js";
export { LabError } from "./errors.js";
export {
  createHost,
  Lifeline,
  openHost,
  toLabError,
  type Accelerator,
  type Host,
  type LifelineOptions,
  type OpenHostOptions,
  type Reach,
} from "./host/index.js";
export {
  nodeConfiguration,
  planDestroy,
  planLab,
  planLink,
  planPower,
  type Consent,
  type LinkOptions,
  type NodeConfigurationOptions,
  type NodeFile,
  type Plan,
  type PlanOptions,
  type PowerAction,
  type PowerOptions,
} from "./plan/index.js";
export { applyPlan, type ApplyOptions, type Outcome } from "./apply/index.js";
export { destroyLab, labDetails, labStatus, watchLabs } from "./engine.js";
export type { Meter, Watch } from "./observe/index.js";
export { loadOf, packetsText, rateText, type LabTraffic, type PortRates, type Rate } from "./traffic/index.js";
export { buildSeed, createSecret, userPublicKeys } from "./firstboot/index.js";
export { compareVersions, ImageStore, type AddOptions, type ImageName, type StoredImage } from "./images/index.js";
export {
  findManifest,
  findManifests,
  hostProviders,
  loadManifest,
  loadModels,
  readManifestText,
  writeManifestText,
  type LoadedModels,
  type LoadOptions,
  type ModelSearch,
} from "./manifest/index.js";
export {
  consoleHub,
  openConsole,
  type AttachOptions,
  type ConsoleHub,
  type ConsoleState,
  type ConsoleViewer,
  type OpenConsoleOptions,
} from "./console/index.js";
export { waitReady } from "./readiness/index.js";
export { examine, thisMachine, type Check, type DoctorOptions, type Machine } from "./doctor/index.js";
export { findOrphans, type Orphan, type Orphans } from "./observe/index.js";
export { installHooks, removeHooks, THIS_MACHINE, type HookChange, type HookPlace } from "./hooks/index.js";
export { labServices } from "./services.js";
export { knownHostsFile, sshArguments, sshConfig, sshName, sshNodes, type SshNode } from "./ssh/index.js";
