export { askHooks, type HookAnswer } from "./ask-hooks.js";
export { answerTrouble, checkWires, hookTrouble, type WireSupport } from "./check-wires.js";
export {
  HOST_HOOKS,
  hookFile,
  hookNamed,
  hookState,
  THIS_MACHINE,
  type HookPlace,
  type HostHook,
} from "./host-hooks.js";
export { installHooks, removeHooks, type HookChange } from "./install.js";
