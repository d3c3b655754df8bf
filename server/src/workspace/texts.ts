import { ManifestDocument } from "../document.js";
import type { FileAccess } from "./file-access.js";

/** How much of what is on the disk is kept. What is dropped is read again when it is needed. */
const MAX_TEXTS = 256;
const MAX_CHARACTERS = 16 * 1024 * 1024;

/**
 * The texts of files that are not open, as they were when last read. Reading takes its time, looking does not: analysis
 * looks, and says which files it misses; those are read and the analysis is made again.
 */
export class Texts {
  readonly #access: FileAccess;
  /** Null: there is no such file. The least recently used first. */
  readonly #kept = new Map<string, ManifestDocument | null>();
  readonly #reading = new Map<string, Promise<ManifestDocument | null>>();
  #characters = 0;

  constructor(access: FileAccess) {
    this.#access = access;
  }

  /** Null: there is no such file; undefined: it has not been read. */
  get(file: string): ManifestDocument | null | undefined {
    const found = this.#kept.get(file);
    if (found === undefined) return undefined;
    this.#kept.delete(file);
    this.#kept.set(file, found);
    return found;
  }

  /** The text as it is on the disk now, or as it was when last read if nobody said that it has changed. */
  load(file: string): Promise<ManifestDocument | null> {
    const kept = this.get(file);
    if (kept !== undefined) return Promise.resolve(kept);
    const reading = this.#reading.get(file) ?? this.#read(file);
    this.#reading.set(file, reading);
    return reading;
  }

  /** The file has changed on the disk: what is known of it, and what is being read, is of the past. */
  forget(file: string): void {
    this.#drop(file);
    this.#reading.delete(file);
  }

  async #read(file: string): Promise<ManifestDocument | null> {
    // It starts in the next turn, when `load` has noted it.
    await Promise.resolve();
    const reading = this.#reading.get(file);
    const text = await this.#access.read(file);
    const document = text === undefined ? null : ManifestDocument.onDisk(file, withoutMark(text));
    if (this.#reading.get(file) !== reading) return this.load(file);
    this.#reading.delete(file);
    this.#keep(file, document);
    return document;
  }

  #keep(file: string, document: ManifestDocument | null): void {
    this.#drop(file);
    this.#kept.set(file, document);
    this.#characters += lengthOf(document);
    for (const oldest of this.#kept.keys()) {
      if (oldest === file || (this.#kept.size <= MAX_TEXTS && this.#characters <= MAX_CHARACTERS)) break;
      this.#drop(oldest);
    }
  }

  #drop(file: string): void {
    this.#characters -= lengthOf(this.#kept.get(file));
    this.#kept.delete(file);
  }
}

function lengthOf(document: ManifestDocument | null | undefined): number {
  return document?.text.getText().length ?? 0;
}

/** Editors keep a byte order mark to themselves; offsets must not count it here either. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
