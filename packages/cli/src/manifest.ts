import path from "node:path";
import { builtinCatalogue } from "@labscape/devices";
import { findManifest, hostProviders, LabError, loadManifest, type Host } from "@labscape/lab";
import { hostCheckCodes, type Analysis } from "@labscape/topology";
import { findingsSummary, findingText } from "./output/findings.js";
import { colours, printError, type Io } from "./io.js";

/** The manifest that the user named, or the one in the current folder; errors where there is none or more than one. */
export async function manifestPath(io: Io, file: string | undefined): Promise<string> {
  return file === undefined ? findManifest(io.cwd) : path.resolve(io.cwd, file);
}

export async function readManifest(io: Io, file: string | undefined): Promise<Analysis> {
  return loadManifest(await manifestPath(io, file), { catalogue: builtinCatalogue });
}

/**
 * Checks a manifest once more with what its host has, and prints what only that tells: on the error stream, before the plan.
 * The plan itself refuses what cannot run.
 */
export async function printHostFindings(io: Io, { file, text, lab }: Analysis, host: Host): Promise<void> {
  const providers = await hostProviders(lab, host);
  const analysis = await loadManifest(file, { text, catalogue: builtinCatalogue, providers });
  for (const finding of analysis.findings)
    if (hostCheckCodes.has(finding.code) && finding.severity !== "hint")
      printError(io, findingText(finding, textOf(analysis), colours(io, "stderr"), io.cwd));
}

/** The manifest, if it can be deployed: prints its errors otherwise. */
export async function deployableManifest(io: Io, file: string | undefined): Promise<Analysis> {
  const analysis = await readManifest(io, file);
  const errors = analysis.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return analysis;
  for (const error of errors) printError(io, findingText(error, textOf(analysis), colours(io, "stderr"), io.cwd));
  throw new LabError(
    "manifest-has-errors",
    `${path.basename(analysis.file)} has ${findingsSummary(errors)}`,
    "Mend what is marked above; `labscape validate` shows all findings.",
  );
}

/** Findings point into the manifest and the files that it includes. */
export function textOf({ sources }: Analysis): (file: string) => string {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  return (file) => texts.get(file) ?? "";
}
