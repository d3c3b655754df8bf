import { describeType, listed, type ValueType } from "../keys/index.js";
import { valueRange } from "../model/access.js";
import { writtenAt, type Sources } from "../model/index.js";
import { hasKind } from "../model/values.js";
import type { Entry, EntryValue, Range } from "../syntax/tree.js";
import { quoteString } from "../syntax/quote.js";
import { replaceFix, type CheckContext, type LocalFix } from "./context.js";
import { checkFormat } from "./formats.js";

/** Checks one value against its type: its kind, its bounds, its words, the form of its text. */
export function checkValue(value: EntryValue, type: ValueType, entry: Entry, context: CheckContext): void {
  if (!hasKind(value, type)) {
    const subject = value === entry.value ? `\`${entry.key.text}\`` : `Each item of \`${entry.key.text}\``;
    const message = `${subject} must be ${describeType(type)}, not ${describeKind(value)}.`;
    context.report("wrong-type", rangeOf(value, entry), message, {
      fixes: kindFixes(value, type, context.manifest.sources),
    });
  } else if (type.kind === "integer" || type.kind === "number") checkBounds(value, type, entry.key.text, context);
  else if (type.kind === "enum" && value.kind === "string") checkWord(value.value, value.contents, type, context);
  else if (type.kind === "string" && value.kind === "string") checkFormat(value, type.format, entry.key.text, context);
}

function rangeOf(value: EntryValue, entry: Entry): Range {
  if (value.kind === "table" || value.kind === "table-array")
    return value === entry.value ? valueRange(entry) : entry.key.range;
  if (value.kind === "inline-table") return value.table.nameRange;
  return value.kind === "array" ? { start: value.range.start, end: value.range.start + 1 } : value.range;
}

function checkBounds(
  value: EntryValue,
  type: Extract<ValueType, { kind: "integer" | "number" }>,
  key: string,
  { report }: CheckContext,
): void {
  if (value.kind !== "integer" && value.kind !== "float") return;
  if (value.kind === "integer" && BigInt.asIntN(64, value.value) !== value.value) return; // No TOML integer: said already.
  const number = Number(value.value);
  if (number >= type.min && number <= type.max) return;
  const unit = type.unit === undefined ? "" : ` ${type.unit}`;
  report(
    type.unit === "%" ? "invalid-percent" : "out-of-range",
    value.range,
    `\`${key}\` must be from ${type.min} to ${type.max}${unit}.`,
  );
}

function checkWord(
  word: string,
  range: Range,
  type: Extract<ValueType, { kind: "enum" }>,
  { report, nearest }: CheckContext,
): void {
  const words = type.values.map((each) => each.value);
  if (words.includes(word)) return;
  const suggestion = nearest(word, words);
  const fixes = suggestion === undefined ? [] : [replaceFix(`Change to "${suggestion}"`, range, suggestion)];
  report("out-of-range", range, `This must be ${listed(words.map((each) => `"${each}"`))}.`, { fixes });
}

function describeKind(value: EntryValue): string {
  switch (value.kind) {
    case "string":
      return "text";
    case "integer":
      return "a whole number";
    case "float":
      return "a number with a fraction";
    case "boolean":
      return "true or false";
    case "datetime":
      return "a date or time";
    case "array":
      return "a list";
    case "table-array":
      return "a list of tables";
    case "table":
    case "inline-table":
      return "a table";
    case "missing":
      return "nothing";
  }
}

/** Mends that keep what is meant: quotes added or taken away, brackets around a single item. */
function kindFixes(value: EntryValue, type: ValueType, sources: Sources): readonly LocalFix[] {
  if (value.kind === "table" || value.kind === "table-array" || value.kind === "missing") return [];
  const written = writtenAt(sources, value.range);
  const plain = value.kind === "string" ? value.value.trim() : undefined;
  if (type.kind === "integer" && plain !== undefined && /^(0|[1-9]\d{0,14})$/.test(plain))
    return [replaceFix(`Change to ${plain}`, value.range, plain)];
  if (type.kind === "boolean" && (plain === "true" || plain === "false"))
    return [replaceFix(`Change to ${plain}`, value.range, plain)];
  if (type.kind === "string" && (value.kind === "integer" || value.kind === "float"))
    return [replaceFix(`Change to ${quoteString(written)}`, value.range, quoteString(written))];
  if (type.kind === "array" && !written.includes("\n") && hasKind(value, type.items))
    return [replaceFix(`Change to [${written}]`, value.range, `[${written}]`)];
  return [];
}
