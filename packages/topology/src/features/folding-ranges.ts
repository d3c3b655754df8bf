import type { Analysis } from "../analysis.js";
import type { Range, TomlDocument, Value } from "../syntax/index.js";
import type { FoldingRange } from "./shapes.js";

/** Sections, values over several lines, blocks of comments, and what stands between `# region` and `# endregion`. */
export function foldingRanges({ syntax }: Pick<Analysis, "syntax">): readonly FoldingRange[] {
  const ranges: FoldingRange[] = sections(syntax).map((range) => ({ range }));
  for (const statement of syntax.statements)
    if (statement.kind === "key-value") for (const range of valueRanges(statement.value)) ranges.push({ range });
  ranges.push(...commentBlocks(syntax), ...regions(syntax));
  return ranges
    .filter(({ range }) => syntax.text.slice(range.start, range.end).includes("\n"))
    .sort((a, b) => a.range.start - b.range.start || b.range.end - a.range.end);
}

/** From each header to the end of its last pair. */
function sections({ statements }: TomlDocument): readonly Range[] {
  const ranges: { readonly start: number; end: number }[] = [];
  for (const { kind, range } of statements) {
    const open = ranges.at(-1);
    if (kind === "table-header") ranges.push({ start: range.start, end: range.end });
    else if (open !== undefined) open.end = range.end;
  }
  return ranges;
}

function valueRanges(value: Value): readonly Range[] {
  if (value.kind === "array") return [value.range, ...value.items.flatMap(valueRanges)];
  if (value.kind === "inline-table") return [value.range, ...value.pairs.flatMap((pair) => valueRanges(pair.value))];
  return value.kind === "string" ? [value.range] : [];
}

/** Comments on lines that follow one another. */
function commentBlocks({ comments, text }: TomlDocument): readonly FoldingRange[] {
  const blocks: { readonly start: number; end: number }[] = [];
  for (const { start, end } of comments) {
    const block = blocks.at(-1);
    if (block !== undefined && /^\r?\n[ \t]*$/.test(text.slice(block.end, start))) block.end = end;
    else blocks.push({ start, end });
  }
  return blocks.map((range) => ({ range, kind: "comment" }));
}

/** Regions nest; an end without a start, and a start without an end, are plain comments. */
function regions({ comments, text, base }: TomlDocument): readonly FoldingRange[] {
  const open: Range[] = [];
  const found: FoldingRange[] = [];
  for (const comment of comments) {
    const marker = /^#\s*(region|endregion)\b/.exec(text.slice(comment.start - base, comment.end - base))?.[1];
    if (marker === "region") open.push(comment);
    if (marker !== "endregion") continue;
    const start = open.pop();
    if (start !== undefined) found.push({ range: { start: start.start, end: comment.end }, kind: "region" });
  }
  return found;
}
