import { readFile } from "node:fs/promises";
import type { Connection } from "node-libvirt";
import { attributeOf, childOf, childrenOf, parseXml, textOf, type ParsedElement } from "../xml.js";

export interface Accelerator {
  readonly type: "kvm" | "tcg";
  /** Why this one, for people. */
  readonly reason: string;
}

/**
 * Chooses how guests run. `auto` is KVM where libvirt offers it and the CPU has virtualisation: some machines, nested ones
 * above all, show /dev/kvm and cannot run guests with it.
 */
export async function chooseAccelerator(
  setting: "auto" | "kvm" | "tcg",
  connection: Connection,
  local: boolean,
): Promise<Accelerator> {
  if (setting !== "auto") return { type: setting, reason: `host.accelerator = "${setting}"` };
  const capabilities = parseXml(await connection.getCapabilities(), "capabilities");
  const offered = childrenOf(capabilities, "guest").some((guest) =>
    childrenOf(childOf(guest, "arch"), "domain").some((domain) => attributeOf(domain, "type") === "kvm"),
  );
  if (!offered) return { type: "tcg", reason: "libvirt offers no KVM: /dev/kvm is absent or may not be used" };
  const flags = local ? await localCpuFlags() : undefined;
  if (flags === undefined ? mayVirtualize(childOf(capabilities, "host", "cpu")) : flags.some(isVirtualization)) {
    return { type: "kvm", reason: "KVM is available" };
  }
  return { type: "tcg", reason: "/dev/kvm is there, but the CPU shows neither vmx nor svm, so guests would not run" };
}

/**
 * By what libvirt says of the host's CPU: a model, and the features that this has beyond its model. Some models of AMD have
 * svm among their own. A machine that is no guest itself has libvirt's word that KVM is there.
 */
export function mayVirtualize(cpu: ParsedElement | undefined): boolean {
  const features = childrenOf(cpu, "feature").map((feature) => attributeOf(feature, "name") ?? "");
  const isGuest = features.includes("hypervisor");
  return !isGuest || features.some(isVirtualization) || /^(EPYC|Opteron)/.test(textOf(childOf(cpu, "model")) ?? "");
}

function isVirtualization(feature: string): boolean {
  return feature === "vmx" || feature === "svm";
}

/** Undefined where they cannot be known: other architectures than x86 list no such flags. */
async function localCpuFlags(): Promise<readonly string[] | undefined> {
  let text: string;
  try {
    text = await readFile("/proc/cpuinfo", "utf8");
  } catch {
    return undefined;
  }
  return /^flags\s*:\s*(.*)$/m.exec(text)?.[1]?.split(" ");
}
