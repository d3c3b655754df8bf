import type { Analysis, AnalyzeOptions } from "./analysis.js";
import { runChecks } from "./checks/index.js";
import { readLabFiles, readManifest, resolveLab, type ResolvedLab } from "./model/index.js";
import { parseToml } from "./syntax/index.js";

/** Reads a manifest and what it includes: their trees, what they declare, the lab that it means and all findings. Never throws, whatever the text. */
export function analyze(text: string, options: AnalyzeOptions): Analysis {
  const { file, catalogue, providers = {} } = options;
  const files = readLabFiles(text, options);
  const { sources } = files;
  const manifest = readManifest(files, catalogue);
  let lab: ResolvedLab | undefined;
  return {
    sources,
    file,
    text,
    syntax: sources[0].syntax,
    catalogue,
    providers,
    dialect: manifest.dialect,
    manifest,
    get lab() {
      return (lab ??= resolveLab(manifest));
    },
    findings: runChecks(manifest, catalogue, providers),
  };
}

const rowKeys = ["nodes", "devices", "links", "connections"];

/**
 * Whether a file is a manifest: `*.lab.toml` and `lab.toml` by their name, `manifest.toml` when its root has nodes or links,
 * as other tools use that name too.
 * @param fileName path or URI of the file.
 */
export function isManifest(fileName: string, text: string): boolean {
  const base = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  if (base === "lab.toml" || base.endsWith(".lab.toml")) return true;
  if (base !== "manifest.toml") return false;
  const { entries } = parseToml(text).root;
  return rowKeys.some((key) => entries.has(key));
}
