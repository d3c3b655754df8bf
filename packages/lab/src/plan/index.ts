export { nodeConfiguration, type NodeConfigurationOptions, type NodeFile } from "./node-configuration.js";
export { planDestroy, planLab, type PlanOptions } from "./plan-lab.js";
export { planLink, type LinkOptions } from "./plan-link.js";
export { planPower, type PowerOptions } from "./plan-power.js";
export type { PowerAction } from "./power.js";
export { workOf, type Plan, type PlanWork } from "./plan.js";
export type { Consent, HostEntry, NodeBoot, Operation, PlannedStep } from "./operations.js";
