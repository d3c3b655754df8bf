import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { BRIDGE_HOOK_SCRIPT } from "./bridge-hook.js";
import { HOOK_MARK } from "./mark.js";
import { REPLUG_HOOK_SCRIPT } from "./replug-hook.js";
import { WIRE_HOOK_SCRIPT } from "./wire-hook.js";

/** Where the hooks of a machine are, and what its daemons say of themselves. */
export interface HookPlace {
  /** Beside the user's own hook `DRIVER` libvirt runs every program in the folder `DRIVER.d` (since 6.5). */
  readonly folder: string;
  /** With a file `DAEMON.pid` for each daemon, written when it starts. */
  readonly run: string;
}

export const THIS_MACHINE: HookPlace = { folder: "/etc/libvirt/hooks", run: "/run" };

/** A hook that `labscape init` installs. */
export interface HostHook {
  readonly name: "wire" | "replug" | "bridge";
  /** The driver of libvirt that runs it. */
  readonly driver: "qemu" | "network";
  /** In the driver's folder. */
  readonly file: "labscape" | "labscape-wires";
  readonly script: string;
  /** The daemons that hold the driver: which of them depends on how libvirt was built. */
  readonly daemons: readonly string[];
}

export const HOST_HOOKS: readonly HostHook[] = [
  { name: "wire", driver: "qemu", file: "labscape", script: WIRE_HOOK_SCRIPT, daemons: ["libvirtd", "virtqemud"] },
  {
    name: "bridge",
    driver: "network",
    file: "labscape",
    script: BRIDGE_HOOK_SCRIPT,
    daemons: ["libvirtd", "virtnetworkd"],
  },
  {
    name: "replug",
    driver: "network",
    file: "labscape-wires",
    script: REPLUG_HOOK_SCRIPT,
    daemons: ["libvirtd", "virtnetworkd"],
  },
];

/**
 * `outdated`: of another version of ours. `foreign`: somebody else's file has its name. `unseen`: the daemon has run since
 * before it was there; it looks for hooks when it starts. `unknown`: this user may not look.
 */
export type HookState = "installed" | "absent" | "outdated" | "foreign" | "unseen" | "unknown";

export function hookNamed(name: HostHook["name"]): HostHook {
  const hook = HOST_HOOKS.find((one) => one.name === name);
  if (hook === undefined) throw new TypeError(`no hook is called ${name}`);
  return hook;
}

export function hookFile({ driver, file }: HostHook, { folder }: HookPlace): string {
  return path.join(folder, `${driver}.d`, file);
}

export async function hookState(hook: HostHook, place: HookPlace = THIS_MACHINE): Promise<HookState> {
  const file = hookFile(hook, place);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    return isAbsence(error) ? "absent" : "unknown";
  }
  if (!text.includes(HOOK_MARK)) return "foreign";
  if (text !== hook.script) return "outdated";
  return (await isSeen(hook, file, place)) ? "installed" : "unseen";
}

/** A daemon that found a hook of a driver when it started looks into the folder anew each time. */
async function isSeen({ driver, daemons }: HostHook, file: string, { folder, run }: HookPlace): Promise<boolean> {
  const starts = await Promise.all(daemons.map((daemon) => modified(path.join(run, `${daemon}.pid`))));
  const started = Math.max(...starts.map((time) => time ?? -Infinity));
  const others = await readdir(path.dirname(file));
  const hooks = [path.join(folder, driver), ...others.map((name) => path.join(path.dirname(file), name))];
  const since = await Promise.all(hooks.map(modified));
  return started === -Infinity || since.some((time) => time !== undefined && time <= started);
}

/** Milliseconds; undefined for what is not there. */
async function modified(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

export function isAbsence(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
