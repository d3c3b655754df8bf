import { labId } from "../model/lab-name.js";
import type { Draft } from "./draft.js";

/**
 * `id` <-> `name`. A name that is no id keeps its key, as the first dialect has both. An `id` beside a name names nothing, and
 * the current dialect has no such key: it stays as a comment.
 */
export function convertIdentity({ analysis, to, keys, changes, refuse }: Draft): void {
  const { entries } = analysis.syntax.root;
  const both = entries.has("id") && entries.has("name");
  for (const { path, part, pair } of keys) {
    if (path.length !== 1 || pair === undefined) continue;
    const { value } = pair;
    const isId = value.kind === "string" && labId.test(value.value);
    if (to === "first" && path[0] === "name" && isId && !both && analysis.dialect !== to)
      changes.replace(part.range, "id");
    if (to !== "current" || path[0] !== "id") continue;
    if (!both) changes.replace(part.range, "name");
    else if (analysis.text.slice(pair.range.start, pair.range.end).includes("\n"))
      refuse(part.range, "`id` has no place beside `name` in the current dialect. Remove it.");
    else changes.insert(pair.range.start, "# ");
  }
}
