import { nodeShape } from "../keys/index.js";
import { rowsOf } from "../model/access.js";
import type { Draft } from "./draft.js";
import { isRowOf } from "./places.js";
import type { Path } from "../syntax/index.js";

/**
 * The `id` of each device. In the current dialect a node's number is its position, counted from 1, so that such ids go and come
 * back; others would be lost.
 */
export function convertNumbers(draft: Draft): void {
  if (draft.to === "current") removeNumbers(draft);
  else addNumbers(draft);
}

function removeNumbers({ analysis, keys, changes, refuse }: Draft): void {
  const before = rowsOf(analysis.syntax.root.entries.get("nodes")?.value).length;
  for (const { path, part, pair, owner } of keys) {
    if (pair === undefined || !isNumber(path)) continue;
    const [list, index] = path;
    const position = Number(index) + 1 + (list === "devices" ? before : 0);
    if (pair.value.kind === "integer" && pair.value.value === BigInt(position)) changes.remove(pair, owner);
    else
      refuse(
        pair.value.kind === "missing" ? part.range : pair.value.range,
        `In the current dialect a node's number is its position, ${position} here. Change or remove this \`id\`.`,
      );
  }
}

/** A file that becomes one of the first dialect gets them; one that is already has those that it wants. */
function addNumbers({ analysis, keys, changes }: Draft): void {
  const { text } = analysis;
  const rows = rowsOf(analysis.syntax.root.entries.get("nodes")?.value);
  const type = nodeShape.keys.get("id")?.type;
  const most = type?.kind === "integer" ? type.max : 0;
  if (analysis.dialect === "first" || rows.length > most || keys.some(({ path }) => isNumber(path))) return;
  for (const [index, { entries, form, nameRange }] of rows.entries()) {
    const [first] = entries.values();
    const start = first?.key.range.start ?? nameRange.start;
    const written = first?.pair;
    const equals = written === undefined ? " = " : text.slice(written.key.range.end, written.value.range.start);
    const number = `id${equals}${index + 1}`;
    if (form === "array-item") changes.insertLineBelow(nameRange.end, changes.indentationAt(start) + number);
    else if (first !== undefined) changes.insert(start, number + changes.separatorAt(start, "inline"));
  }
}

function isNumber(path: Path): boolean {
  return path.length === 3 && path[2] === "id" && isRowOf(path.slice(0, 2), "nodes");
}
