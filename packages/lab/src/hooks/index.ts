export { checkWires, hookTrouble } from "./check-wires.js";
export { HOST_HOOKS, hookFile, hookState, THIS_MACHINE, type HookPlace, type HostHook } from "./host-hooks.js";
export { installHooks, removeHooks, type HookChange } from "./install.js";
