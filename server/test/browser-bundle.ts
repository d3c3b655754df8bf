import path from "node:path";
import { build, type Metafile } from "esbuild";

export interface BrowserBundle {
  /** The worker's script. */
  readonly code: string;
  readonly metafile: Metafile;
}

/**
 * The server as one script for a browser's worker, made of the sources.
 * @throws Error when it needs a module of Node: a browser has none, so there is nothing to bundle.
 */
export async function bundleForBrowser(): Promise<BrowserBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: path.resolve(import.meta.dirname, "../.."),
    entryPoints: ["server/src/main.browser.ts"],
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "chrome120",
    conditions: ["labscape-source"],
    metafile: true,
    write: false,
    logLevel: "silent",
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error("esbuild made nothing");
  return { code: script.text, metafile };
}
