import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Catalogue } from "@labscape/devices";
import { analyze, isManifest, type Analysis } from "@labscape/topology";
import { LabError } from "../errors.js";
import { fileProviders } from "./providers.js";

export interface LoadOptions {
  readonly catalogue: Catalogue;
  /** The text, where it is known better than the disk knows it: an editor's unsaved one. */
  readonly text?: string;
  /** Versions in the image store, where a host has been asked. */
  readonly imageVersions?: (model: string) => readonly string[] | undefined;
}

/**
 * Reads a manifest and what it includes from this machine's disk.
 * @param file path, relative to the working directory or absolute.
 * @throws LabError `file-not-found`, `permission-denied`, `not-utf8`. What is wrong inside the manifest is in its findings.
 */
export async function loadManifest(file: string, { catalogue, text, imageVersions }: LoadOptions): Promise<Analysis> {
  const absolute = path.resolve(file);
  return analyze(text ?? (await readText(absolute)), {
    file: absolute,
    catalogue,
    providers: { ...fileProviders, ...(imageVersions === undefined ? {} : { imageVersions }) },
  });
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT")
      throw new LabError(
        "file-not-found",
        `there is no file ${file}`,
        "Name a manifest, or run the command in its folder.",
        { cause },
      );
    if (code === "EISDIR")
      throw new LabError("file-not-found", `${file} is a folder`, "Name the manifest in it.", { cause });
    throw new LabError("permission-denied", `${file} cannot be read`, "Check its permissions.", { cause });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LabError(
      "not-utf8",
      `${file} is not a text in UTF-8`,
      "Save it as UTF-8: TOML knows no other encoding.",
      { cause },
    );
  }
}

/**
 * The one manifest in a folder: `*.lab.toml`, `lab.toml`, or a `manifest.toml` that describes a lab.
 * @throws LabError `manifest-not-found`, `several-manifests`.
 */
export async function findManifest(directory: string): Promise<string> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".toml")).sort();
  const found: string[] = [];
  for (const name of names) {
    const file = path.join(directory, name);
    const byName = isManifest(name, "");
    if (byName || (name === "manifest.toml" && isManifest(name, await readText(file)))) found.push(file);
  }
  const [first, second] = found;
  if (first === undefined) {
    throw new LabError(
      "manifest-not-found",
      `there is no manifest in ${directory}`,
      "Name one, or write one: a file that ends in .lab.toml.",
    );
  }
  if (second === undefined) return first;
  throw new LabError(
    "several-manifests",
    `there are several manifests in ${directory}`,
    `Name one of them: ${found.map((file) => path.basename(file)).join(", ")}`,
  );
}
