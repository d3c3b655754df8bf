import type { Analysis } from "@labscape/topology";
import type { Host } from "@labscape/lab";
import { UsageError } from "./exit.js";
import { withHost, type HostOptions } from "./host.js";
import type { Io } from "./io.js";
import { readManifest } from "./manifest.js";

/** How commands that work on a deployed lab are told which: by its manifest, or by its name alone. */
export interface LabOptions extends HostOptions {
  readonly file?: string | undefined;
  readonly lab?: string;
}

export interface ChosenLab {
  readonly name: string;
  /** Absent where the lab was named. */
  readonly manifest: Analysis | undefined;
}

/** Opens the host of the lab that was named, or that the manifest describes, for one command. @throws UsageError for both. */
export async function withLab<T>(
  io: Io,
  options: LabOptions,
  use: (host: Host, lab: ChosenLab) => Promise<T>,
): Promise<T> {
  const { file, lab } = options;
  if (file !== undefined && lab !== undefined) {
    throw new UsageError("name the lab one way: by its manifest or with --lab");
  }
  const manifest = lab === undefined ? await readManifest(io, file) : undefined;
  const name = lab ?? manifest?.lab.name ?? "";
  return withHost(io, options, manifest?.lab.host.uri, (host) => use(host, { name, manifest }));
}
