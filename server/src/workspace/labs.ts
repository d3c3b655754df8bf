import type { Analysis } from "@labscape/topology";
import type { ManifestDocument } from "../document.js";
import { readLab, type Lab, type Surroundings } from "./lab.js";

/** Analyses that are kept at least, the most recently used; of more open documents each keeps its own. */
const MIN_KEPT = 8;

/** Labs as they are now. An analysis is made when it is first asked for, and dropped when anything in it changes. */
export class Labs {
  readonly #surroundings: Surroundings;
  readonly #kept = new Map<ManifestDocument, Lab>();
  /** The newest analysis of each manifest, by the manifest's name: it gives the next one what stays the same. */
  readonly #newest = new Map<string, Analysis>();
  #limit = MIN_KEPT;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** As far as it can be known without reading files: see `missing`. */
  of(document: ManifestDocument): Lab {
    const lab = this.#kept.get(document) ?? this.#read(document);
    putNewest(this.#kept, document, lab, this.#limit);
    return lab;
  }

  #read(document: ManifestDocument): Lab {
    const { file } = document;
    // Who still asks about an earlier version must not take anything away from the present one.
    if (this.#surroundings.textOf(file) !== document) return readLab(document, this.#surroundings);
    const lab = readLab(document, this.#surroundings, this.#newest.get(file));
    putNewest(this.#newest, file, lab.analysis, this.#limit);
    return lab;
  }

  /** Whether nothing has changed since this was made. */
  isCurrent(lab: Lab): boolean {
    return this.#kept.get(lab.document) === lab;
  }

  /** A file has another text, or is there or gone: all that was made of it is of the past. */
  forget(file: string): void {
    for (const [document, { dependencies }] of this.#kept) {
      if (document.file === file || dependencies.has(file)) this.#kept.delete(document);
    }
  }

  /** What was missing is there now. */
  drop(document: ManifestDocument): void {
    this.#kept.delete(document);
  }

  forgetWhere(outdated: (lab: Lab) => boolean): void {
    for (const [document, lab] of this.#kept) if (outdated(lab)) this.#kept.delete(document);
  }

  expectOpen(documents: number): void {
    this.#limit = MIN_KEPT + documents;
  }
}

/** Puts an entry at the end of a map, and drops the oldest ones beyond the limit. */
function putNewest<K, V>(map: Map<K, V>, key: K, value: V, limit: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= limit) break;
    map.delete(oldest);
  }
}
