import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Providers } from "@labscape/topology";
import { detectFormatSync } from "../images/format.js";

/** Answers about files on this machine; manifests are named by path. */
export const fileProviders: Providers = {
  fileState(file, from) {
    const stat = statSync(locate(file, from), { throwIfNoEntry: false });
    if (stat === undefined) return "absent";
    return stat.isFile() && stat.size === 0 ? "empty" : "present";
  },
  readInclude(file, from) {
    const located = locate(file, from);
    if (statSync(located, { throwIfNoEntry: false })?.isFile() !== true) return null;
    return { file: located, text: readFileSync(located, "utf8") };
  },
  diskSize(file, from) {
    const located = locate(file, from);
    if (statSync(located, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    try {
      const { format, virtualSize } = detectFormatSync(located);
      return format === "qcow2" || format === "raw" ? Number(virtualSize) : undefined;
    } catch {
      return undefined; // Not to be read by this user: the deploy says so.
    }
  },
};

function locate(file: string, from: string): string {
  return path.resolve(path.dirname(from), file);
}
