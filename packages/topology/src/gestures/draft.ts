import type { Analysis } from "../analysis.js";
import { Changes } from "../edits/index.js";
import type { TextEdit } from "../finding.js";
import { sourceAt, type Source } from "../model/index.js";
import type { Range, TomlDocument } from "../syntax/index.js";

/** A file of the lab, and what is to change in it. */
export interface DraftFile {
  readonly document: TomlDocument;
  readonly changes: Changes;
}

/** Changes of the files of a lab. */
export class Draft {
  readonly analysis: Analysis;
  readonly #files = new Map<Source, DraftFile>();

  constructor(analysis: Analysis) {
    this.analysis = analysis;
  }

  /** The manifest itself: where new things are written. */
  get manifest(): DraftFile {
    return this.#file(this.analysis.sources[0]);
  }

  /** The file that holds an offset of the lab's numbering. */
  at(offset: number): DraftFile {
    return this.#file(sourceAt(this.analysis.sources, offset));
  }

  /** Calls once for each file with those of the things that are written in it. */
  byFile<Item>(
    items: Iterable<Item>,
    startOf: (item: Item) => number,
    act: (file: DraftFile, items: readonly Item[]) => void,
  ): void {
    const files = new Map<DraftFile, Item[]>();
    for (const item of items) {
      const file = this.at(startOf(item));
      const known = files.get(file);
      if (known === undefined) files.set(file, [item]);
      else known.push(item);
    }
    for (const [file, own] of files) act(file, own);
  }

  /** @param range counted from the start of the file */
  replace(name: string, { start, end }: Range, newText: string): void {
    const source = this.analysis.sources.find(({ file }) => file === name);
    if (source === undefined) return;
    this.#file(source).changes.replace({ start: start + source.base, end: end + source.base }, newText);
  }

  edits(): readonly TextEdit[] {
    return [...this.#files].flatMap(([{ file, base }, { changes }]) =>
      changes.all().map(({ range, newText }) => ({
        file,
        range: { start: range.start - base, end: range.end - base },
        newText,
      })),
    );
  }

  #file(source: Source): DraftFile {
    let file = this.#files.get(source);
    if (file === undefined) {
      file = { document: source.syntax, changes: new Changes(source.syntax) };
      this.#files.set(source, file);
    }
    return file;
  }
}
