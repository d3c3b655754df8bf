import type { EntryValue, TomlTable } from "@labscape/topology";

/** Values in the tagged notation of the toml-test suite: `{ type, value }` for a scalar. */
export type Tagged =
  { readonly type: string; readonly value: unknown } | readonly Tagged[] | { readonly [key: string]: Tagged };

/** A table of the syntax tree in the tagged notation, normalised. */
export function tagTable(table: TomlTable): Readonly<Record<string, Tagged>> {
  return Object.fromEntries([...table.entries].map(([key, { value }]) => [key, tag(value)]));
}

function tag(value: EntryValue): Tagged {
  switch (value.kind) {
    case "string":
      return { type: "string", value: value.value };
    case "integer":
      return { type: "integer", value: value.value };
    case "float":
      // The suite does not tell the two zeros apart.
      return { type: "float", value: value.value + 0 };
    case "boolean":
      return { type: "bool", value: value.value };
    case "datetime": {
      const types = { offset: "datetime", local: "datetime-local", date: "date-local", time: "time-local" };
      return { type: types[value.variety], value: normalizeDateTime(value.text) };
    }
    case "array":
      return value.items.map(tag);
    case "inline-table":
      return tagTable(value.table);
    case "table":
      return tagTable(value);
    case "table-array":
      return value.items.map(tagTable);
    case "missing":
      return { type: "missing", value: undefined };
  }
}

/** The expectations of the suite, with numbers as numbers and date-times in one notation. */
export function normalizeTagged(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(normalizeTagged);
  if (typeof expected !== "object" || expected === null) throw new TypeError("Not in the tagged notation");
  const { type, value }: { type?: unknown; value?: unknown } = expected;
  if (typeof type === "string" && typeof value === "string" && Object.keys(expected).length === 2) {
    return { type, value: normalizeScalar(type, value) };
  }
  return Object.fromEntries(Object.entries(expected).map(([key, inner]) => [key, normalizeTagged(inner)]));
}

function normalizeScalar(type: string, value: string): unknown {
  switch (type) {
    case "integer":
      return BigInt(value);
    case "float":
      return Number(value.replace("inf", "Infinity"));
    case "bool":
      return value === "true";
    case "string":
      return value;
    default:
      return normalizeDateTime(value);
  }
}

/** Upper case, `T` as separator, three digits of a second. */
function normalizeDateTime(text: string): string {
  return text
    .toUpperCase()
    .replace(" ", "T")
    .replace(/\.(\d+)/, (_, digits: string) => `.${digits.padEnd(3, "0").slice(0, 3)}`)
    .replace(/\.000/, "");
}
