import { keptEntry, type IndexEntry, type LabName } from "./index-entry.js";

/** What the change of an entry may change in other manifests. */
export interface IndexChange {
  /** Files that the manifest includes or has included. */
  readonly files: ReadonlySet<string>;
  /** Names that labs have got or lost. */
  readonly names: ReadonlySet<string>;
}

/** What is known of every manifest of the workspace, open or not. Bounded by who fills it. */
export class ManifestIndex {
  readonly #entries = new Map<string, IndexEntry>();

  get entries(): Iterable<IndexEntry> {
    return this.#entries.values();
  }

  get size(): number {
    return this.#entries.size;
  }

  has(file: string): boolean {
    return this.#entries.has(file);
  }

  /** An open manifest; its symbols are made when somebody asks for them. */
  putOpen(entry: IndexEntry): IndexChange {
    return this.#replace(entry.file, entry);
  }

  /** A manifest that is not open: nothing of its analysis is kept. */
  put(entry: IndexEntry): IndexChange {
    return this.#replace(entry.file, keptEntry(entry));
  }

  remove(file: string): IndexChange {
    return this.#replace(file, undefined);
  }

  /** Manifests that include a file. */
  including(file: string): readonly string[] {
    const found: string[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.file !== file && entry.sources.includes(file)) found.push(entry.file);
    }
    return found;
  }

  /** The manifests that call their lab by this name. */
  *named(name: string): Generator<{ readonly file: string; readonly name: LabName }> {
    for (const entry of this.#entries.values()) {
      if (entry.name?.value === name) yield { file: entry.file, name: entry.name };
    }
  }

  /** Where a file gives its lab's name. */
  nameOf(file: string): LabName | undefined {
    return this.#entries.get(file)?.name;
  }

  #replace(file: string, entry: IndexEntry | undefined): IndexChange {
    const before = this.#entries.get(file);
    if (entry === undefined) this.#entries.delete(file);
    else this.#entries.set(file, entry);
    const names = new Set<string>();
    if (before?.name?.value !== entry?.name?.value) {
      for (const each of [before, entry]) if (each?.name !== undefined) names.add(each.name.value);
    }
    const files = difference(before?.sources ?? [], entry?.sources ?? []);
    files.delete(file);
    return { files, names };
  }
}

/** What is in one of the two only. */
function difference(a: readonly string[], b: readonly string[]): Set<string> {
  return new Set([...a.filter((each) => !b.includes(each)), ...b.filter((each) => !a.includes(each))]);
}
