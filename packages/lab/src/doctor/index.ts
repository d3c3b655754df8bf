export type { Check } from "./check.js";
export { examine, type DoctorOptions } from "./doctor.js";
export { thisMachine, type Machine } from "./machine.js";
