import { toLabError, type Host } from "../host/index.js";
import type { Check } from "./check.js";
import type { Machine } from "./machine.js";

const DEVICE = "/dev/kvm";

/** Whether guests run with hardware acceleration, and if not, why. */
export async function checkKvm(machine: Machine, host: Host | undefined): Promise<Check> {
  const check = { name: "kvm", neededFor: "fast guests; without it QEMU translates every instruction" };
  if (host === undefined || host.local) {
    const mode = await machine.mode(DEVICE);
    if (mode === undefined) {
      return {
        ...check,
        result: "warning",
        message: `there is no ${DEVICE}`,
        mend: "Switch virtualisation on in the firmware (or nested virtualisation in the hypervisor), then: modprobe kvm_intel, or kvm_amd",
      };
    }
    if ((mode & 0o066) === 0) {
      return {
        ...check,
        result: "warning",
        message: `${DEVICE} is root's alone (mode 0${mode.toString(8)}): QEMU, which runs as another user, cannot use it, and libvirt asks QEMU anew at every step, which can take 30 s each`,
        mend: `Give it to the group kvm, as distributions do: chgrp kvm ${DEVICE} && chmod 0660 ${DEVICE}`,
      };
    }
    if (host?.mode === "session" && !(await machine.may(DEVICE, "readwrite"))) {
      return {
        ...check,
        result: "warning",
        message: `this user may not use ${DEVICE}`,
        mend: "Join its group, then log in again: sudo usermod -aG kvm $USER",
      };
    }
  }
  if (host === undefined) {
    return { ...check, result: "warning", message: "cannot be known without libvirt", mend: "See above." };
  }
  try {
    const { type, reason } = await host.accelerator("auto");
    if (type === "kvm") return { ...check, result: "ok", message: reason, mend: "" };
    const mend = "Nested virtualisation must be switched on in the hypervisor that this machine runs on.";
    return { ...check, result: "warning", message: reason, mend };
  } catch (error) {
    const { message, mend } = toLabError(error, "asking libvirt for its capabilities");
    return { ...check, result: "failed", message, mend };
  }
}
