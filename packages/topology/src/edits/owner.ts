import { lastStartingBefore } from "../syntax/locate.js";
import type { InlineTable, KeyValue, Spanned, TomlDocument, Value } from "../syntax/index.js";

/** A pair, and the inline table that it stands in; none around a statement. */
export interface PlacedPair {
  readonly pair: KeyValue;
  readonly owner: InlineTable | undefined;
}

/** The pair that starts at an offset. */
export function pairAt({ statements }: TomlDocument, start: number): PlacedPair | undefined {
  const statement = statements[lastStartingBefore(statements, start)];
  if (statement?.kind !== "key-value") return undefined;
  if (statement.start === start) return { pair: statement, owner: undefined };
  const holds = (part: Spanned) => part.start <= start && start < part.end;
  let value: Value | undefined = statement.value;
  while (value !== undefined) {
    if (value.kind === "array") value = value.items.find(holds);
    else if (value.kind !== "inline-table") return undefined;
    else {
      const pair: KeyValue | undefined = value.pairs.find(holds);
      if (pair?.start === start) return { pair, owner: value };
      value = pair?.value;
    }
  }
  return undefined;
}
