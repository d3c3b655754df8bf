import { chmod, mkdir, readdir, rename, rm, rmdir, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { LabError } from "../errors.js";
import {
  HOST_HOOKS,
  hookFile,
  hookState,
  isAbsence,
  THIS_MACHINE,
  type HookPlace,
  type HostHook,
} from "./host-hooks.js";

/** What was done about a hook. */
export interface HookChange {
  readonly file: string;
  readonly action: "installed" | "updated" | "removed" | "kept";
  /** Whether libvirt must start anew to see it. */
  readonly restart: boolean;
}

/**
 * Installs the hooks of this version. Those that are there already stay; files of others are never written over.
 * @throws LabError `hook-taken` before anything is changed; `permission-denied`.
 */
export async function installHooks(place: HookPlace = THIS_MACHINE): Promise<readonly HookChange[]> {
  const found = await Promise.all(HOST_HOOKS.map(async (hook) => ({ hook, state: await hookState(hook, place) })));
  const taken = found.find(({ state }) => state === "foreign");
  if (taken !== undefined) {
    const file = hookFile(taken.hook, place);
    throw new LabError(
      "hook-taken",
      `${file} is not Labscape's`,
      "Give it another name: libvirt runs every program in that folder. Then run `labscape init` again.",
    );
  }
  const changes: HookChange[] = [];
  for (const { hook, state } of found) {
    const file = hookFile(hook, place);
    const present = state === "installed" || state === "unseen";
    if (!present) await permitted(file, "sudo labscape init", () => write(hook, file));
    const restart = (await hookState(hook, place)) === "unseen";
    changes.push({ file, action: present ? "kept" : state === "outdated" ? "updated" : "installed", restart });
  }
  return changes;
}

/**
 * Removes the hooks, of whatever version, and their folders where nothing else is in these. Wires that are joined stay so
 * until their nodes stop.
 * @throws LabError `permission-denied`.
 */
export async function removeHooks(place: HookPlace = THIS_MACHINE): Promise<readonly HookChange[]> {
  const changes: HookChange[] = [];
  for (const hook of HOST_HOOKS) {
    const file = hookFile(hook, place);
    const state = await hookState(hook, place);
    if (state === "absent" || state === "foreign") continue;
    await permitted(file, "sudo labscape init --remove", async () => {
      await rm(file);
      if ((await readdir(path.dirname(file))).length === 0) await rmdir(path.dirname(file));
    });
    changes.push({ file, action: "removed", restart: false });
  }
  return changes;
}

/** Not executable until it is whole and in its place: libvirt passes over such files. */
async function write({ script }: HostHook, file: string): Promise<void> {
  const since = await existsSince(file);
  const draft = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(draft, script, { mode: 0o600 });
  // Its time tells since when libvirt could see a hook here, see hookState.
  if (since !== undefined) await utimes(draft, since, since);
  await rename(draft, file);
  await chmod(file, 0o755);
}

async function existsSince(file: string): Promise<Date | undefined> {
  try {
    return (await stat(file)).mtime;
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  }
}

async function permitted(file: string, mend: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new LabError("permission-denied", `${file} cannot be changed: ${message}`, mend, { cause });
  }
}
