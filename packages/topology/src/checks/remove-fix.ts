import { Changes, pairAt } from "../edits/index.js";
import { sourceAt, type Sources } from "../model/index.js";
import type { Entry } from "../syntax/index.js";
import type { LocalFix } from "./context.js";

/** Takes a key away with its value; none where the value is spread over several places. */
export function removeFix({ key, value, pair }: Entry, sources: Sources): readonly LocalFix[] {
  if (pair?.value !== value) return [];
  const { syntax } = sourceAt(sources, pair.range.start);
  const changes = new Changes(syntax);
  changes.remove(pair, pairAt(syntax, pair.range.start)?.owner);
  return [{ title: `Remove \`${key.text}\``, edits: changes.all() }];
}
