import { posix } from "node:path";
import { builtinCatalogue } from "@labscape/devices";
import { analyze, type Analysis, type Providers, type Source } from "@labscape/topology";
import { FILE } from "./analyze.js";
import { readMarked, type Marked } from "./marked.js";

/** A line that starts another file, by its path from the manifest's folder. */
const fileMark = /^#- (\S+)\n/gm;

/**
 * Splits a text that holds several files:
 *
 *     name = "quarry"
 *     include = ["common.lab.toml"]
 *     #- common.lab.toml
 *     [defaults]
 *
 * What stands before the first mark is the manifest.
 */
export function splitFiles(text: string): ReadonlyMap<string, string> {
  const [manifest = "", ...rest] = text.split(fileMark);
  const files = new Map([[FILE, manifest]]);
  for (let index = 0; index + 1 < rest.length; index += 2)
    files.set(posix.join(posix.dirname(FILE), rest[index] ?? ""), rest[index + 1] ?? "");
  return files;
}

/** Answers for files that a test holds. */
export function providersOf(files: ReadonlyMap<string, string>): Providers {
  return {
    readInclude(path, from) {
      const file = posix.resolve(posix.dirname(from), path);
      const text = files.get(file);
      return text === undefined ? null : { file, text };
    },
  };
}

export interface MarkedLab {
  readonly analysis: Analysis;
  /** By file, with the marks taken out. */
  readonly files: ReadonlyMap<string, Marked>;
  /** The cursor in the lab's numbering. */
  readonly offset: number;
}

/** Analyses a marked text of several files. */
export function analyzeFiles(text: string, providers: Providers = {}, previous?: Analysis): MarkedLab {
  const files = new Map([...splitFiles(text)].map(([file, marked]) => [file, readMarked(marked)]));
  const plain = new Map([...files].map(([file, marked]) => [file, marked.text]));
  const analysis = analyze(plain.get(FILE) ?? "", {
    file: FILE,
    catalogue: builtinCatalogue,
    providers: { ...providersOf(plain), ...providers },
    ...(previous && { previous }),
  });
  return { analysis, files, offset: cursorOf(analysis.sources, files) };
}

/** -1 where no file has a cursor. */
function cursorOf(sources: readonly Source[], files: ReadonlyMap<string, Marked>): number {
  for (const { file, base } of sources) {
    const cursor = files.get(file)?.cursor;
    if (cursor !== undefined) return base + cursor;
  }
  return -1;
}
