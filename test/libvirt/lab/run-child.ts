import { spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import type { Report, Task } from "./child.js";

/** A program of the tests as one file that Node can run. */
export interface Program<T = Task, R = Report> {
  /** Resolves with its report, or undefined when a signal ended it; rejects when it failed. */
  run(task: T, options?: RunOptions): Promise<R | undefined>;
  remove(): Promise<void>;
}

export interface RunOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
}

/** `child.ts`. Any user can run it. */
export function buildProgram(): Promise<Program> {
  return bundleProgram<Task, Report>(join(import.meta.dirname, "child.ts"));
}

/** @param source reads a task as JSON from its argument, and prints a report as JSON. */
export async function bundleProgram<T, R>(source: string): Promise<Program<T, R>> {
  const directory = await mkdtemp(join(tmpdir(), "labscape-child-"));
  await chmod(directory, 0o755);
  const file = join(directory, "child.mjs");
  await build({
    entryPoints: [source],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["labscape-source"],
    // Packages in the older module format ask for Node's own modules with it.
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
    logLevel: "error",
  });
  return {
    async run(task, { uid, gid, env, directory: cwd = directory } = {}) {
      const child = spawn(process.execPath, [file, JSON.stringify(task)], {
        stdio: ["ignore", "pipe", "pipe"],
        cwd,
        ...(uid === undefined ? {} : { uid }),
        ...(gid === undefined ? {} : { gid }),
        ...(env === undefined ? {} : { env }),
      });
      const ended = new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
      });
      const [output, complaints, status] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      if (status === null) return undefined;
      if (status !== 0) throw new Error(`the child ended with ${status}:\n${complaints}`);
      // It is the child's own report.
      return JSON.parse(output) as R;
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
