import { readFileSync, realpathSync, statSync } from "node:fs";
import type { Providers } from "@labscape/topology";
import { detectFormatSync } from "../images/format.js";
import { maxManifestBytes } from "./read-text.js";
import { writtenPath } from "../written-path.js";

/** Answers about files on this machine; manifests are named by path. */
export const fileProviders: Providers = {
  fileState(file, from) {
    const stat = statSync(writtenPath(file, from), { throwIfNoEntry: false });
    if (stat === undefined) return "absent";
    return stat.isFile() && stat.size === 0 ? "empty" : "present";
  },
  readInclude(file, from) {
    const located = writtenPath(file, from);
    const text = textOf(located);
    return text === undefined ? null : { file: located, text };
  },
  diskSize(file, from) {
    const located = writtenPath(file, from);
    if (statSync(located, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    try {
      const { format, virtualSize } = detectFormatSync(located);
      return format === "qcow2" || format === "raw" ? Number(virtualSize) : undefined;
    } catch {
      return undefined; // Not to be read by this user: the deploy says so.
    }
  },
};

/**
 * The same, where a file that is reached by several names (a symbolic link, and be it to the manifest itself) has the name
 * under which it was met first: it is one file of the lab.
 */
export function providersFor(manifest: string): Providers {
  const names = new Map([[realName(manifest), manifest]]);
  return {
    ...fileProviders,
    readInclude(file, from) {
      const found = fileProviders.readInclude?.(file, from);
      if (found === undefined || found === null) return found;
      const real = realName(found.file);
      const name = names.get(real) ?? found.file;
      names.set(real, name);
      return { ...found, file: name };
    },
  };
}

function realName(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file; // A text that is on no disk: it has one name.
  }
}

/** Undefined where there is no file, or none that can be read as UTF-8: the finding at the path says so. */
function textOf(file: string): string | undefined {
  try {
    const stat = statSync(file);
    if (!stat.isFile() || stat.size > maxManifestBytes) return undefined;
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
