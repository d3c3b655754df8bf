import path from "node:path";
import { findManifest, hostProviders, LabError, loadManifest, type Host, type LoadedModels } from "@labscape/lab";
import { hostCheckCodes, type Analysis } from "@labscape/topology";
import { findingsSummary, findingText, textLookup, type TextOf } from "./output/findings.js";
import { colours, printError, type Io } from "./io.js";
import { models } from "./models.js";

/** The manifest that the user named, or the one in the current folder; errors where there is none or more than one. */
export async function manifestPath(io: Io, file: string | undefined): Promise<string> {
  return file === undefined ? findManifest(io.cwd) : path.resolve(io.cwd, file);
}

/** A manifest with the device models that it was read with. */
export interface ReadManifest extends Analysis {
  readonly models: LoadedModels;
}

export async function readManifest(io: Io, file: string | undefined): Promise<ReadManifest> {
  const manifest = await manifestPath(io, file);
  const loaded = await models(io, path.dirname(manifest));
  return { ...(await loadManifest(manifest, { catalogue: loaded.catalogue })), models: loaded };
}

/**
 * Checks a manifest once more with what its host has, and prints what only that tells: on the error stream, before the plan.
 * The plan itself refuses what cannot run.
 */
export async function printHostFindings(io: Io, read: ReadManifest, host: Host): Promise<void> {
  const { file, text, lab, models: loaded } = read;
  const providers = await hostProviders(lab, host);
  const analysis = { ...(await loadManifest(file, { text, catalogue: loaded.catalogue, providers })), models: loaded };
  const texts = textOf(analysis);
  for (const finding of analysis.findings)
    if (hostCheckCodes.has(finding.code) && finding.severity !== "hint")
      printError(io, findingText(finding, texts, colours(io, "stderr"), io.cwd));
}

/** The manifest, if it can be deployed: prints its errors otherwise. */
export async function deployableManifest(io: Io, file: string | undefined): Promise<ReadManifest> {
  const analysis = await readManifest(io, file);
  const errors = analysis.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return analysis;
  // A model that is not known may be one whose file is wrong.
  const shown = [...analysis.models.findings.filter(({ severity }) => severity === "error"), ...errors];
  const texts = textOf(analysis);
  for (const error of shown) printError(io, findingText(error, texts, colours(io, "stderr"), io.cwd));
  throw new LabError(
    "manifest-has-errors",
    `${path.basename(analysis.file)} has ${findingsSummary(errors)}`,
    "Mend what is marked above; `labscape validate` shows all findings.",
  );
}

/** Findings point into the manifest, the files that it includes and those of device models. */
export function textOf({ sources, models: { texts: modelTexts } }: ReadManifest): TextOf {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  return textLookup((file) => texts.get(file) ?? modelTexts.get(file) ?? "");
}
