import { locate, references } from "@labscape/topology";
import { sourceOf, type Lab } from "./lab.js";
import type { View } from "./view.js";

/** Manifests that share a name through included files; a change of more than these could not be looked over. */
const MAX_LABS = 64;

/** A lab, and an offset in its numbering where it names the thing. */
export interface Naming {
  readonly lab: Lab;
  readonly offset: number;
}

/**
 * Every lab that names the thing under the cursor: the lab that the document is read in, and each other manifest that
 * includes a file in which it is named, and so on. Manifests that are not open are read from the disk.
 */
export async function labsNaming({ workspace, lab }: View, offset: number): Promise<readonly Naming[]> {
  const found: Naming[] = [{ lab, offset }];
  const asked = new Set([lab.document.file]);
  // Grows while it is walked through.
  for (const naming of found) {
    const { analysis } = naming.lab;
    const here = locate(analysis.sources, { start: naming.offset, end: naming.offset });
    for (const { file, range } of [here, ...references(analysis, naming.offset, { declaration: true })]) {
      for (const root of [file, ...workspace.index.including(file)]) {
        if (asked.has(root) || found.length >= MAX_LABS) continue;
        asked.add(root);
        const document = await workspace.load(root);
        if (document === null) continue;
        const other = await workspace.lab(document);
        const source = sourceOf(other, file);
        // A part that is no lab by itself is read in the labs that include it.
        const isPart = root === file && !workspace.standsAlone(document);
        if (source === undefined || isPart) continue;
        found.push({ lab: other, offset: source.base + range.start });
      }
    }
  }
  return found;
}
