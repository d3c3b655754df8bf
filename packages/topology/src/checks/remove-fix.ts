import { Changes } from "../convert/changes.js";
import { sourceAt, type Sources } from "../model/index.js";
import { lastStartingBefore } from "../syntax/locate.js";
import type { Entry, InlineTable, KeyValue, Range, TomlDocument, Value } from "../syntax/index.js";
import type { LocalFix } from "./context.js";

/** Takes a key away with its value; none where the value is spread over several places. */
export function removeFix({ key, value, pair }: Entry, sources: Sources): readonly LocalFix[] {
  if (pair?.value !== value) return [];
  const { syntax, base } = sourceAt(sources, pair.range.start);
  const move = ({ start, end }: Range, by: number) => ({ start: start + by, end: end + by });
  const local = ({ range }: { readonly range: Range }) => ({ range: move(range, -base) });
  const owner = inlineTableOf(pair, syntax);
  const changes = new Changes(syntax);
  changes.remove(local(pair), owner && { ...local(owner), pairs: owner.pairs.map(local) });
  const edits = changes.all().map(({ range, newText }) => ({ range: move(range, base), newText }));
  return [{ title: `Remove \`${key.text}\``, edits }];
}

/** The inline table that a pair stands in; undefined for a statement. */
function inlineTableOf(pair: KeyValue, { statements }: TomlDocument): InlineTable | undefined {
  const holds = ({ range }: { readonly range: Range }) =>
    range.start <= pair.range.start && pair.range.end <= range.end;
  const statement = statements[lastStartingBefore(statements, pair.range.start)];
  let value: Value | undefined = statement?.kind === "key-value" && statement !== pair ? statement.value : undefined;
  while (value !== undefined) {
    if (value.kind === "array") value = value.items.find(holds);
    else if (value.kind !== "inline-table") return undefined;
    else if (value.pairs.includes(pair)) return value;
    else value = value.pairs.find(holds)?.value;
  }
  return undefined;
}
