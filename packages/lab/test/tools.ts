import { execFile } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";

export const run = promisify(execFile);

/** The programs of the list that this machine lacks; a test that needs them is skipped and says so. */
export function missingPrograms(...programs: readonly string[]): string[] {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return programs.filter((program) => !folders.some((folder) => isExecutable(join(folder, program))));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A directory that goes with the test. */
export async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "labscape-test-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** All files below a directory: path to content. */
export async function filesBelow(directory: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = new Map<string, Buffer>();
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(relative(directory, path), await readFile(path));
  }
  return files;
}

/** Files of an image from texts. */
export function fileSet(files: Readonly<Record<string, string | Uint8Array>>): Map<string, Uint8Array> {
  return new Map(Object.entries(files).map(([path, data]) => [path, Buffer.from(data)]));
}

/** Comparable form of files: path to base64, sorted. */
export function comparable(files: ReadonlyMap<string, Uint8Array>): readonly (readonly [string, string])[] {
  return [...files]
    .map(([path, data]) => [path, Buffer.from(data).toString("base64")] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
