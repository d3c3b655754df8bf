/**
 * Diagrams in Markdown documents: a comment that names the manifest, and below it a fenced block with the picture. Whoever
 * reads the document sees the picture; what keeps it up to date finds it by the comment.
 */

import type { Range } from "../syntax/index.js";

/** A place of a document that shows a manifest's diagram. */
export interface DiagramPlace {
  /** As the comment names it: a path from the document's folder, with `/`. */
  readonly manifest: string;
  /** Of the fenced block; empty, at the end of the comment's line, where there is none yet. */
  readonly range: Range;
}

const COMMENT = /^ {0,3}<!--\s*labscape diagram\s+(\S+)\s*-->\s*$/;
const OPENING = /^( {0,3})(`{3,}|~{3,})(.*)$/;

/** The line and the block, to be put into a document. @param manifest path from the document's folder. */
export function diagramBlock(manifest: string, source: string, newline = "\n"): string {
  return [`<!-- labscape diagram ${encodeURI(manifest)} -->`, fenced(source, newline)].join(newline);
}

/** The places of a document that show diagrams. What stands in code blocks is not meant. */
export function diagramPlaces(markdown: string): readonly DiagramPlace[] {
  const lines = linesOf(markdown);
  const places: DiagramPlace[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined) break;
    const manifest = COMMENT.exec(line.text)?.[1];
    if (manifest === undefined) {
      index = endOfFence(lines, index) ?? index;
      continue;
    }
    const opening = lines[index + 1];
    const isPicture = opening !== undefined && OPENING.exec(opening.text)?.[3]?.trim() === "mermaid";
    const last = isPicture ? endOfFence(lines, index + 1) : undefined;
    const closing = last === undefined ? undefined : lines[last];
    // A block that nobody closes reaches to the end of the document, which is hardly meant: it is left alone.
    if (opening !== undefined && last !== undefined && closing !== undefined) {
      if (OPENING.test(closing.text) && last > index + 1) {
        places.push({ manifest: decoded(manifest), range: { start: opening.start, end: closing.end } });
      }
      index = last;
    } else {
      places.push({ manifest: decoded(manifest), range: { start: line.end, end: line.end } });
    }
  }
  return places;
}

/**
 * What must change for a document to show the diagrams of today; nothing for places that do already.
 * @param sourceOf the mermaid source of a manifest; undefined where there is none: its place stays as it is.
 */
export function diagramEdits(
  markdown: string,
  sourceOf: (manifest: string) => string | undefined,
): readonly { readonly range: Range; readonly newText: string }[] {
  const newline = markdown.includes("\r\n") ? "\r\n" : "\n";
  return diagramPlaces(markdown).flatMap(({ manifest, range }) => {
    const source = sourceOf(manifest);
    if (source === undefined) return [];
    const block = fenced(source, newline);
    const newText = range.start === range.end ? `${newline}${block}` : block;
    return markdown.slice(range.start, range.end) === newText ? [] : [{ range, newText }];
  });
}

function fenced(source: string, newline: string): string {
  return ["```mermaid", ...source.trimEnd().split("\n"), "```"].join(newline);
}

interface Line {
  readonly text: string;
  readonly start: number;
  /** Before the line break. */
  readonly end: number;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  for (const match of text.matchAll(/(.*?)(\r\n|\n|$)/gs)) {
    const [, line = "", ending = ""] = match;
    lines.push({ text: line, start: match.index, end: match.index + line.length });
    if (ending === "") break;
  }
  return lines;
}

/** The line that closes the fence that is opened at a line, or the last one; undefined where none is opened. */
function endOfFence(lines: readonly Line[], opening: number): number | undefined {
  const [, , fence = "", info = ""] = OPENING.exec(lines[opening]?.text ?? "") ?? [];
  if (fence === "" || (fence.startsWith("`") && info.includes("`"))) return undefined;
  for (let index = opening + 1; index < lines.length; index++) {
    const [, , closing = "", rest = ""] = OPENING.exec(lines[index]?.text ?? "") ?? [];
    if (closing.startsWith(fence) && rest.trim() === "") return index;
  }
  return lines.length - 1;
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path; // A "%" that encodes nothing is part of the name.
  }
}
