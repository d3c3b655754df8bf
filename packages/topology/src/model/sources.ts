import type { Location } from "./lab.js";
import { maxTextLength, textAt } from "../syntax/index.js";
import type { Range, TomlDocument } from "../syntax/tree.js";

/**
 * A file of a lab. One numbering of offsets covers all files of a lab, so that a range alone says where something is
 * written: the manifest starts at 0, each included file at a multiple of {@link maxTextLength}.
 */
export interface Source {
  /** Path or URI, as the provider of included files names it. */
  readonly file: string;
  readonly text: string;
  /** Its ranges are in the lab's numbering. */
  readonly syntax: TomlDocument;
  /** Offset of the first character in the lab's numbering. */
  readonly base: number;
}

/** The files of a lab: the manifest, then what it includes in the order of their first inclusion. */
export type Sources = readonly [Source, ...Source[]];

/** The file in which an offset of the lab's numbering lies. */
export function sourceAt(sources: Sources, offset: number): Source {
  const [manifest] = sources;
  return offset < maxTextLength ? manifest : (sources[Math.floor(offset / maxTextLength)] ?? manifest);
}

/** The file of a range of the lab's numbering, with the range as that file counts. */
export function locate(sources: Sources, range: Range): Location {
  const { start, end } = range;
  const { file, base } = sourceAt(sources, start);
  if (base === 0) return { file, range };
  return { file, range: { start: start - base, end: end - base } };
}

/** The characters of a range of the lab's numbering. */
export function writtenAt(sources: Sources, range: Range): string {
  return textAt(sourceAt(sources, range.start).syntax, range);
}
