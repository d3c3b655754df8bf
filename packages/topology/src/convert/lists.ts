import type { Dialect } from "../analysis.js";
import { rootShape } from "../keys/index.js";
import { dialectTitle, type Draft } from "./draft.js";

/** `devices` <-> `nodes`, `connections` <-> `links`: each list under its name, wherever a header or a key spells it. */
export function convertLists(draft: Draft): void {
  const other: Dialect = draft.to === "current" ? "first" : "current";
  for (const { name, counterpart, dialect, type } of rootShape.keys.values())
    if (type.kind === "array" && dialect === other && counterpart !== undefined) rename(name, counterpart, draft);
}

function rename(from: string, into: string, draft: Draft): void {
  const { analysis, to, keys, changes, refuse } = draft;
  const { entries } = analysis.syntax.root;
  const entry = entries.get(from);
  if (entry === undefined) return;
  const spelled = keys.filter(({ path }) => path.length === 1 && path[0] === from);
  if (entries.has(into) && !canFollow(from, into, draft)) {
    const advice = `Put the rows of both into one list before`;
    refuse(entry.key.range, `\`${from}\` and \`${into}\` are one list in ${dialectTitle[to]}. ${advice}.`);
  } else for (const { part } of spelled) changes.replace(part.range, into);
}

/**
 * Whether two lists of one file become one without moving text: both are made of headers, and all rows of the one stand before
 * those of the other as they are counted: the current dialect's first.
 */
function canFollow(from: string, into: string, { analysis, to }: Draft): boolean {
  const { entries } = analysis.syntax.root;
  const [first, second] = to === "current" ? [into, from] : [from, into];
  const before = entries.get(first)?.value;
  const after = entries.get(second)?.value;
  if (before?.kind !== "table-array" || after?.kind !== "table-array") return false;
  const lastBefore = before.items.at(-1)?.nameRange.start ?? 0;
  return lastBefore < (after.items[0]?.nameRange.start ?? 0);
}
