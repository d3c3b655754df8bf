import type { Catalogue } from "@labscape/devices";
import {
  analyze,
  type Analysis,
  type FolderEntry,
  type Location,
  type Providers,
  type Source,
} from "@labscape/topology";
import type { ManifestDocument } from "../document.js";
import { resolvePath } from "../uri.js";

/** A manifest with all that it includes, analysed. */
export interface Lab {
  /** The manifest itself. */
  readonly document: ManifestDocument;
  readonly analysis: Analysis;
  /** Files whose text or presence the analysis depends on, besides the manifest. */
  readonly dependencies: ReadonlySet<string>;
  /** Files that it includes and whose text nobody has read yet: until then it is not the whole lab. */
  readonly missing: readonly string[];
}

/** What is known of the outside, by canonical URIs. */
export interface Surroundings {
  catalogue(): Catalogue;
  /** The home folder. */
  readonly home: string | undefined;
  /** Null: there is no such file; undefined: not read yet. */
  textOf(file: string): ManifestDocument | null | undefined;
  stateOf(file: string): "present" | "empty" | "absent" | undefined;
  folder(folder: string): readonly FolderEntry[] | undefined;
  /** Where other manifests than this lab's call their lab by this name. */
  labsNamed(name: string): readonly Location[];
  /** What else is known, such as the image store. */
  readonly providers?: Providers;
}

/** @param previous an analysis of another version of the same manifest: what has not changed since is not read again. */
export function readLab(document: ManifestDocument, surroundings: Surroundings, previous?: Analysis): Lab {
  const dependencies = new Set<string>();
  const missing = new Set<string>();
  const providers: Providers = {
    ...surroundings.providers,
    readInclude(path, from) {
      const file = resolvePath(path, from, surroundings.home);
      if (file === undefined) return undefined;
      dependencies.add(file);
      const found = surroundings.textOf(file);
      if (found === undefined) missing.add(file);
      return found === null || found === undefined ? found : { file, text: found.text.getText() };
    },
    fileState(path, from) {
      const file = resolvePath(path, from, surroundings.home);
      if (file === undefined) return undefined;
      dependencies.add(file);
      return surroundings.stateOf(file);
    },
    listFolder(path, from) {
      const folder = resolvePath(path, from, surroundings.home);
      return folder === undefined ? undefined : surroundings.folder(folder);
    },
    labsNamed: (name) => surroundings.labsNamed(name),
  };
  const analysis = analyze(document.text.getText(), {
    file: document.file,
    catalogue: surroundings.catalogue(),
    providers,
    ...(previous === undefined ? {} : { previous }),
  });
  return { document, analysis, dependencies, missing: [...missing] };
}

/** The part of a lab that a file is; undefined when the lab does not include it. */
export function sourceOf({ analysis }: Lab, file: string): Source | undefined {
  return analysis.sources.find((source) => source.file === file);
}
