import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Providers } from "@labscape/topology";

/** Answers about files on the disk of this process. Manifests are named by URI; others than `file:` have no known files. */
export const diskProviders: Providers = {
  fileState(path, from) {
    const file = locate(path, from);
    if (file === undefined) return undefined;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined) return "absent";
    return stat.isFile() && stat.size === 0 ? "empty" : "present";
  },
  readInclude(path, from) {
    const file = locate(path, from);
    if (file === undefined) return undefined;
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return null;
    return { file: new URL(`file://${encodeURI(file)}`).href, text: readFileSync(file, "utf8") };
  },
};

function locate(path: string, from: string): string | undefined {
  if (!from.startsWith("file:")) return undefined;
  return fileURLToPath(new URL(path.split("/").map(encodeURIComponent).join("/"), from));
}
