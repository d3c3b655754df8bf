import path from "node:path";
import { findManifest, hostProviders, LabError, loadManifest, type Host, type LoadedModels } from "@labscape/lab";
import { hostCheckCodes, type Analysis, type Finding } from "@labscape/topology";
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

/** The very object that was given: an analysis makes its lab when it is asked for, which a copy cannot. */
export function withModels(analysis: Analysis, models: LoadedModels): ReadManifest {
  return Object.assign(analysis, { models });
}

export async function readManifest(io: Io, file: string | undefined): Promise<ReadManifest> {
  const manifest = await manifestPath(io, file);
  const loaded = await models(io, path.dirname(manifest));
  return withModels(await loadManifest(manifest, { catalogue: loaded.catalogue }), loaded);
}

/** The manifest, if it can be deployed: prints its errors otherwise. @throws LabError `manifest-has-errors`. */
export async function deployableManifest(io: Io, file: string | undefined): Promise<ReadManifest> {
  const analysis = await readManifest(io, file);
  refuseErrors(io, analysis);
  return analysis;
}

/**
 * Checks a manifest once more with what its host has, and prints on the error stream what only the host could tell.
 * @throws LabError `manifest-has-errors` when it cannot run there.
 */
export async function checkOnHost(io: Io, read: ReadManifest, host: Host): Promise<void> {
  const { file, text, lab, models: loaded } = read;
  const providers = await hostProviders(lab, host);
  const analysis = withModels(await loadManifest(file, { text, catalogue: loaded.catalogue, providers }), loaded);
  const warnings = analysis.findings.filter(({ code, severity }) => hostCheckCodes.has(code) && severity === "warning");
  printFindings(io, analysis, warnings);
  refuseErrors(io, analysis);
}

function refuseErrors(io: Io, analysis: ReadManifest): void {
  const errors = analysis.findings.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  // A model that is not known may be one whose file is wrong.
  printFindings(io, analysis, [...analysis.models.findings.filter(({ severity }) => severity === "error"), ...errors]);
  throw new LabError(
    "manifest-has-errors",
    `${path.basename(analysis.file)} has ${findingsSummary(errors)}`,
    "Mend what is marked above; `labscape validate` shows all findings.",
  );
}

function printFindings(io: Io, analysis: ReadManifest, findings: readonly Finding[]): void {
  const texts = textOf(analysis);
  for (const finding of findings) printError(io, findingText(finding, texts, colours(io, "stderr"), io.cwd));
}

/** Findings point into the manifest, the files that it includes and those of device models. */
export function textOf({ sources, models: { texts: modelTexts } }: ReadManifest): TextOf {
  const texts = new Map(sources.map(({ file, text }) => [file, text]));
  return textLookup((file) => texts.get(file) ?? modelTexts.get(file) ?? "");
}
