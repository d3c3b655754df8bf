export { Lifeline, type LifelineOptions, type Reach } from "./lifeline.js";
export { createHost, openHost, type Host, type OpenHostOptions } from "./host.js";
export { toLabError } from "./problems.js";
export { hostFacts } from "./facts.js";
export { homeIn, isHere, isLocalUri, sessionDirectory } from "./place.js";
export { hostSubnets, type TakenSubnet } from "./subnets.js";
export { freeTcpPorts } from "./tcp-ports.js";
export type { Accelerator } from "./accelerator.js";
