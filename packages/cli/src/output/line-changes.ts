import { applyEdits, LineIndex, type TextEdit } from "@labscape/topology";
import type { ChalkInstance } from "chalk";

/** What edits do to a text, line by line, as `diff` shows it: where, the lines that go, the lines that come. */
export function lineChanges(text: string, edits: readonly TextEdit[], chalk: ChalkInstance): string {
  const lines = new LineIndex(text);
  const groups: { first: number; last: number; edits: TextEdit[] }[] = [];
  for (const edit of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    const first = lines.positionAt(edit.range.start).line;
    const last = lines.positionAt(edit.range.end).line;
    const group = groups.at(-1);
    if (group === undefined || first > group.last) groups.push({ first, last, edits: [edit] });
    else {
      group.edits.push(edit);
      group.last = Math.max(group.last, last);
    }
  }
  return groups
    .flatMap((group) => {
      const start = lines.lineStart(group.first);
      const before = text.slice(start, lines.lineEnd(group.last));
      const local = group.edits.map(({ range, newText }) => ({
        range: { start: range.start - start, end: range.end - start },
        newText,
      }));
      const after = applyEdits(before, local);
      const { first, gone, come } = different(linesOf(before), linesOf(after));
      return [
        chalk.cyan(`@@ line ${group.first + first + 1} @@`),
        ...gone.map((line) => chalk.red(`-${line}`)),
        ...come.map((line) => chalk.green(`+${line}`)),
      ];
    })
    .join("\n");
}

/** The lines in which two texts differ, and the number of the first one from 0. */
function different(before: readonly string[], after: readonly string[]) {
  let first = 0;
  while (first < Math.min(before.length, after.length) && before[first] === after[first]) first++;
  let same = 0;
  const most = Math.min(before.length, after.length) - first;
  while (same < most && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { first, gone: before.slice(first, before.length - same), come: after.slice(first, after.length - same) };
}

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}
