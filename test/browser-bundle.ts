import path from "node:path";
import { build, type Metafile } from "esbuild";

export interface BrowserBundle {
  /** The script. */
  readonly code: string;
  readonly metafile: Metafile;
}

/**
 * A module of the checkout as one script for a browser's worker, made of the sources.
 *
 * @param given modules that whoever loads the script has
 * @throws Error when it needs a module of Node: a browser has none, so there is nothing to bundle.
 */
export async function bundleForBrowser(module: string, given: readonly string[] = []): Promise<BrowserBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: path.resolve(import.meta.dirname, ".."),
    entryPoints: [module],
    external: [...given],
    bundle: true,
    platform: "browser",
    format: given.length === 0 ? "iife" : "cjs",
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

/** Modules that a bundle has not in it: of Node, or of somewhere else. */
export function foreignImports({ metafile }: BrowserBundle, isBuiltin: (module: string) => boolean): readonly string[] {
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const foreign = imports.filter(({ path, external }) => external === true || isBuiltin(path)).map(({ path }) => path);
  return [...new Set(foreign)];
}
