import type { Analysis } from "../analysis.js";
import type { ArrayValue, Range, Statement, TomlDocument, Value } from "../syntax/index.js";
import { aboveComments } from "./defaults-action.js";
import { byName } from "./items.js";
import type { CodeAction } from "./shapes.js";

/** The nodes in the order in which people number them. Comments above a node and behind it move with it. */
export function sortAction({ manifest, syntax, sources, file }: Analysis): readonly CodeAction[] {
  const nodes = manifest.nodes;
  if (sources.length > 1 || nodes.length < 2) return [];
  const sorted = [...nodes].sort((a, b) => byName(a.name?.value ?? "", b.name?.value ?? ""));
  if (sorted.every((node, index) => node === nodes[index])) return [];
  const rows = manifest.root.entries.get("nodes")?.value ?? manifest.root.entries.get("devices")?.value;
  const blocks = rows?.kind === "array" ? itemBlocks(rows, syntax.text) : sectionBlocks(syntax);
  if (blocks?.length !== nodes.length) return [];
  const edits = sorted.flatMap((node, index) => {
    const [to, from] = [blocks[index], blocks[node.index]];
    if (to === undefined || from === undefined || to === from) return [];
    return { file, range: to.range, newText: to.needsComma ? from.text : from.textAtEnd };
  });
  return [{ title: "Sort the nodes by name", kind: "refactor.rewrite", edits, preferred: false }];
}

/** What is moved as one, and what it looks like where it is put. */
interface Block {
  readonly range: Range;
  readonly text: string;
  /** Without the comma that an item has when others follow. */
  readonly textAtEnd: string;
  readonly needsComma: boolean;
}

/** Rows of an array: whole lines with their comments where each has lines of its own, else the rows alone. */
function itemBlocks({ items, range }: ArrayValue, text: string): readonly Block[] | undefined {
  const lines = items.map((item, index) => lineBlock(item, index === items.length - 1, text));
  const blocks = lines.flatMap((block) => block ?? []);
  if (blocks.length === items.length) return blocks;
  // A comment among rows on one line belongs to nobody in particular.
  if (hasComment(items, range, text)) return undefined;
  return items.map(({ range: own }) => {
    const written = text.slice(own.start, own.end);
    return { range: own, text: written, textAtEnd: written, needsComma: true };
  });
}

function lineBlock({ range }: Value, isLast: boolean, text: string): Block | undefined {
  const lineStart = text.lastIndexOf("\n", range.start - 1) + 1;
  const end = lineEnd(text, range.end);
  const behind = /^([ \t]*),?([ \t]*(?:#.*)?)$/.exec(text.slice(range.end, end));
  if (text.slice(lineStart, range.start).trim() !== "" || behind === null) return undefined;
  const start = aboveComments(text, lineStart);
  const own = text.slice(start, range.end);
  const comma = text.slice(range.end, end).trimStart().startsWith(",");
  const rest = `${behind[1] ?? ""}${behind[2] ?? ""}`;
  return { range: { start, end }, text: `${own},${rest}`, textAtEnd: own + rest, needsComma: comma || !isLast };
}

function hasComment(items: readonly Value[], { start, end }: Range, text: string): boolean {
  let at = start;
  for (const { range } of items) {
    if (text.slice(at, range.start).includes("#")) return true;
    at = range.end;
  }
  return text.slice(at, end).includes("#");
}

/** Rows under headers, each with the tables below it. None where other tables stand between them. */
function sectionBlocks({ statements, text }: TomlDocument): readonly Block[] | undefined {
  const blocks: { start: number; last: Statement }[] = [];
  let inside = false;
  for (const statement of statements) {
    const isRow = statement.kind === "table-header" && isNodes(statement) && statement.key.parts.length === 1;
    if (isRow) {
      if (!inside && blocks.length > 0) return undefined;
      inside = true;
      blocks.push({ start: text.lastIndexOf("\n", statement.range.start - 1) + 1, last: statement });
    } else if (statement.kind === "table-header" && !isNodes(statement)) inside = false;
    else if (inside) blocks[blocks.length - 1] = { start: blocks.at(-1)?.start ?? 0, last: statement };
  }
  return blocks.map(({ start: lineStart, last }) => {
    const start = aboveComments(text, lineStart);
    const end = lineEnd(text, last.range.end);
    const written = text.slice(start, end);
    return { range: { start, end }, text: written, textAtEnd: written, needsComma: true };
  });
}

function isNodes({ key }: Statement): boolean {
  return key.parts[0]?.text === "nodes" || key.parts[0]?.text === "devices";
}

function lineEnd(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  const end = feed < 0 ? text.length : feed;
  return text.charAt(end - 1) === "\r" && end > from ? end - 1 : end;
}
