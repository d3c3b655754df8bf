import path from "node:path";
import { builtinCatalogue } from "@labscape/devices";
import { findManifest, LabError, loadManifest } from "@labscape/lab";
import type { Analysis } from "@labscape/topology";
import { findingsSummary, findingText } from "./output/findings.js";
import { colours, printError, type Io } from "./io.js";

/** The manifest that the user named, or the one in the current folder; errors where there is none or more than one. */
export async function manifestPath(io: Io, file: string | undefined): Promise<string> {
  return file === undefined ? findManifest(io.cwd) : path.resolve(io.cwd, file);
}

export async function readManifest(io: Io, file: string | undefined): Promise<Analysis> {
  return loadManifest(await manifestPath(io, file), { catalogue: builtinCatalogue });
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
