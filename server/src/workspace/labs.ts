import type { ManifestDocument } from "../document.js";
import { readLab, type Lab, type Surroundings } from "./lab.js";

/** Analyses that are kept at least, the most recently used; of more open documents each keeps its own. */
const MIN_KEPT = 8;

/** Labs as they are now. An analysis is made when it is first asked for, and dropped when anything in it changes. */
export class Labs {
  readonly #surroundings: Surroundings;
  readonly #kept = new Map<ManifestDocument, Lab>();
  #limit = MIN_KEPT;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** As far as it can be known without reading files: see `missing`. */
  of(document: ManifestDocument): Lab {
    const lab = this.#kept.get(document) ?? readLab(document, this.#surroundings);
    this.#kept.delete(document);
    this.#kept.set(document, lab);
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= this.#limit) break;
      this.#kept.delete(oldest);
    }
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
