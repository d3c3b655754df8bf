import path from "node:path";
import type { Catalogue } from "@labscape/devices";
import { analyze, type Analysis, type Providers } from "@labscape/topology";
import { providersFor } from "./providers.js";
import { readManifestText } from "./read-text.js";

export interface LoadOptions {
  readonly catalogue: Catalogue;
  /** The text, where it is known better than the disk knows it: an editor's unsaved one. */
  readonly text?: string;
  /** What is known of the host, where one has been asked. */
  readonly providers?: Providers;
}

/**
 * Reads a manifest and what it includes from this machine's disk.
 * @param file path, relative to the working directory or absolute.
 * @throws LabError `file-not-found`, `permission-denied`, `not-utf8`. What is wrong inside the manifest is in its findings.
 */
export async function loadManifest(file: string, { catalogue, text, providers }: LoadOptions): Promise<Analysis> {
  const absolute = path.resolve(file);
  return analyze(text ?? (await readManifestText(absolute)), {
    file: absolute,
    catalogue,
    providers: { ...providersFor(absolute), ...providers },
  });
}
