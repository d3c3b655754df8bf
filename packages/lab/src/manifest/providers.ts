import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Providers } from "@labscape/topology";

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
};

function locate(file: string, from: string): string {
  return path.resolve(path.dirname(from), file);
}
