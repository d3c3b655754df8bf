import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";
import { root } from "./host.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** Path of the packed extension. */
    readonly extension: string;
  }
}

/** Builds and packs the extension, once for all test files: each of them has a process of its own. */
export default async function pack(project: TestProject): Promise<void> {
  const folder = join(root, "out/vscode-tests");
  const file = join(folder, "labscape.vsix");
  await mkdir(folder, { recursive: true });
  await promisify(execFile)(process.execPath, ["scripts/package.mjs", file], { cwd: root });
  project.provide("extension", file);
}
